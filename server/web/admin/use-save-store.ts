import { useState } from 'react';
import type { Store } from '#contract/store.ts';
import type { Failure } from '../managing/api.ts';
import { usePage } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';

/** Changes a shop; the page shows it at once. */
export function useSaveStore(store: Store): {
  busy: boolean;
  failure: Failure | null;
  /** Whether the last one worked. */
  saved: boolean;
  save(patch: { name?: string; settings?: Partial<Store['settings']> }): Promise<void>;
  edited(): void;
} {
  const { api, live } = usePage();
  const { busy, failure, send } = useSend();
  const [saved, setSaved] = useState(false);
  return {
    busy,
    failure,
    saved,
    edited: () => setSaved(false),
    async save(patch) {
      const next = await send(() => api<Store>('PATCH', `/stores/${store.id}`, patch));
      if (!next) return;
      setSaved(true);
      live.setState(({ stores }) => ({ stores: (stores ?? []).map((one) => (one.id === next.id ? next : one)) }));
    },
  };
}
