import { BEAT_MS, type Beat } from '#contract/sync.ts';
import type { Log } from '../../service.ts';

/** How often each process checks for changes without a hint, ms: the longest delay from a lost hint. */
export const LOOK_MS = 1_000;
const DIGEST_MS = 60_000;

export interface HeartbeatOptions {
  log: Pick<Log, 'head' | 'digest'>;
  /** The followed stores. */
  stores: () => Iterable<string>;
  onHead: (storeId: string, head: number) => void;
  beat: (storeId: string, beat: Beat) => void;
  onFailure: (error: unknown) => void;
  /** ms since 1970. */
  now: () => number;
}

/**
 * Each call reads the head of every store with displays. Every fifth call sends a beat, once a minute with the digest
 * (S6). If the database does not answer, no beat is sent: a display must not consider itself up to date then.
 */
export function createHeartbeat({ log, stores, onHead, beat, onFailure, now }: HeartbeatOptions): () => void {
  const looking = new Set<string>();
  let looks = 0;

  async function look(storeId: string, beats: boolean, digests: boolean): Promise<void> {
    if (looking.has(storeId)) return;
    looking.add(storeId);
    try {
      const { epoch, head, ...more } = digests ? await log.digest(storeId) : await log.head(storeId);
      onHead(storeId, head);
      const digest = 'digest' in more ? { digest: more.digest } : {};
      if (beats) beat(storeId, { epoch, head, serverTime: new Date(now()).toISOString(), ...digest });
    } catch (error) {
      onFailure(error);
    } finally {
      looking.delete(storeId);
    }
  }

  return () => {
    looks += 1;
    const due = (ms: number) => looks % (ms / LOOK_MS) === 0;
    for (const storeId of stores()) void look(storeId, due(BEAT_MS), due(DIGEST_MS));
  };
}
