import { useEffect, useState } from 'react';
import type { CallOutput } from '#contract/bridge.ts';
import type { Source } from '#contract/search.ts';
import { useScreen, useView } from '../shared/screen.tsx';
import { serverIsThere } from '../view-store/shown-link.ts';

export type FoundStory = CallOutput<'getOrderStory'>;
/** `offline`: the server was not asked; `unanswered`: it did not answer. */
export type StoryState = 'asking' | 'done' | 'offline' | 'unanswered';

/**
 * The story of an order: first from the local copy, then, with a link, from the server.
 *
 * @param version the order's version and whether a tap is pending: a change of either asks again
 */
export function useOrderStory(orderId: string, version: string) {
  const { actions } = useScreen();
  const there = useView(serverIsThere);
  const [found, setFound] = useState<FoundStory | null>(null);
  const [state, setState] = useState<StoryState>('asking');

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the order asks again
  useEffect(() => {
    let gone = false;
    const ask = async (from: Source): Promise<FoundStory | null> => {
      const answer = await actions.read('getOrderStory', { from, orderId });
      if (answer && !gone) setFound(answer);
      return answer;
    };
    async function look(): Promise<void> {
      setState('asking');
      // Keep the server's story instead of falling back to the copy, which knows less.
      if (!there || found === null) await ask('copy');
      if (gone) return;
      const answer = there && (await ask('server'));
      if (!gone) setState(answer ? 'done' : there ? 'unanswered' : 'offline');
    }
    void look();
    return () => {
      gone = true;
    };
  }, [actions, orderId, version, there]);

  return { found, state };
}
