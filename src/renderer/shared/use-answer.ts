import { useEffect, useState } from 'react';
import type { CallOutput } from '#contract/bridge.ts';
import { useScreen } from './screen.tsx';

type Answered = 'getPathFigures' | 'getQueue' | 'getDefaultSettings' | 'getDishes' | 'getTill';

/**
 * The core's answer to a call without input; null until it arrives.
 *
 * @param again when it changes, calls again; the last answer stays meanwhile
 */
export function useAnswer<K extends Answered>(name: K, again?: unknown) {
  const { actions } = useScreen();
  const [answer, setAnswer] = useState<CallOutput<K> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `again` asks again
  useEffect(() => {
    let gone = false;
    void actions.read<Answered>(name, null).then((read) => {
      if (read && !gone) setAnswer(read as CallOutput<K>);
    });
    return () => {
      gone = true;
    };
  }, [actions, name, again]);
  return answer;
}
