import type { Undo } from '#contract/bridge.ts';
import { BEAT_MS, type Beat } from '#contract/sync.ts';
import type { Log } from '../../service.ts';

/** How often each node looks at the heads of its stores by itself, ms: what a lost hint costs at most. */
const LOOK_MS = 1_000;
const DIGEST_MS = 60_000;

export interface HeartbeatOptions {
  log: Pick<Log, 'head' | 'digest'>;
  /** The stores that somebody follows. */
  stores: () => Iterable<string>;
  onHead: (storeId: string, head: number) => void;
  beat: (storeId: string, beat: Beat) => void;
  onFailure: (error: unknown) => void;
}

/**
 * Looks at the head of every store with displays once a second, and tells them with every fifth look; once a minute with
 * the digest (S6). A database that does not answer makes no beat: a display must not believe itself up to date then.
 */
export function startHeartbeat({ log, stores, onHead, beat, onFailure }: HeartbeatOptions): Undo {
  const looking = new Set<string>();
  let looks = 0;

  async function look(storeId: string, beats: boolean, digests: boolean): Promise<void> {
    if (looking.has(storeId)) return;
    looking.add(storeId);
    try {
      const { epoch, head, ...more } = digests ? await log.digest(storeId) : await log.head(storeId);
      onHead(storeId, head);
      const digest = 'digest' in more ? { digest: more.digest } : {};
      if (beats) beat(storeId, { epoch, head, serverTime: new Date().toISOString(), ...digest });
    } catch (error) {
      onFailure(error);
    } finally {
      looking.delete(storeId);
    }
  }

  const timer = setInterval(() => {
    looks += 1;
    const due = (ms: number) => looks % (ms / LOOK_MS) === 0;
    for (const storeId of stores()) void look(storeId, due(BEAT_MS), due(DIGEST_MS));
  }, LOOK_MS);
  return () => clearInterval(timer);
}
