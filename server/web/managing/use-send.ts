import { useRef, useState } from 'react';
import type { Answer, Failure } from './api.ts';

export interface Sending {
  busy: boolean;
  /** Why the last one failed; null once one has worked. */
  failure: Failure | null;
  /** Runs a call unless one is under way. @returns its value, or undefined when it failed */
  send<T>(call: () => Promise<Answer<T>>): Promise<T | undefined>;
  clear(): void;
}

/** For a form or a button: one call at a time, and why it failed. */
export function useSend(): Sending {
  const [state, setState] = useState<{ busy: boolean; failure: Failure | null }>({ busy: false, failure: null });
  const busy = useRef(false);
  return {
    ...state,
    clear: () => setState({ busy: busy.current, failure: null }),
    async send(call) {
      if (busy.current) return undefined;
      busy.current = true;
      setState({ busy: true, failure: null });
      const answer = await call();
      busy.current = false;
      setState({ busy: false, failure: answer.ok ? null : answer.error });
      return answer.ok ? answer.value : undefined;
    },
  };
}
