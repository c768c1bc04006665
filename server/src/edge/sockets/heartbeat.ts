import { BEAT_MS, type Beat } from '#contract/sync.ts';
import type { Log } from '../../service.ts';

/** How often each process checks for changes without a hint, ms: the longest delay from a lost hint. */
export const LOOK_MS = 1_000;
const DIGEST_MS = 60_000;
const BEATS_PER_DIGEST = DIGEST_MS / BEAT_MS;

export interface HeartbeatOptions {
  log: Pick<Log, 'head' | 'heads' | 'digest'>;
  /** The followed stores. */
  stores: () => Iterable<string>;
  onHead: (storeId: string, head: number) => void;
  beat: (storeId: string, beat: Beat) => void;
  onFailure: (error: unknown) => void;
  /** ms since 1970. */
  now: () => number;
}

/**
 * Each call reads the heads of all stores with displays, at once. Every fifth call sends a beat, once a minute with the digest
 * (S6); stores take turns, since a digest reads all open orders. If the database does not answer, no beat is sent: a display
 * must not consider itself up to date then.
 */
export function createHeartbeat({ log, stores, onHead, beat, onFailure, now }: HeartbeatOptions): () => void {
  const looking = new Set<string>();
  let looks = 0;

  function found(storeId: string, beats: boolean, { epoch, head, digest }: Omit<Beat, 'serverTime'>): void {
    onHead(storeId, head);
    const serverTime = new Date(now()).toISOString();
    if (beats) beat(storeId, { epoch, head, serverTime, ...(digest !== undefined && { digest }) });
  }

  /** Of one store: its digest, or why it has no head. */
  async function lookAt(storeId: string, beats: boolean, digests: boolean): Promise<void> {
    try {
      const { epoch, head, ...more } = digests ? await log.digest(storeId) : await log.head(storeId);
      found(storeId, beats, { epoch, head, ...('digest' in more && { digest: more.digest }) });
    } catch (error) {
      onFailure(error);
    } finally {
      looking.delete(storeId);
    }
  }

  async function lookAtAll(storeIds: readonly string[], beats: boolean): Promise<void> {
    try {
      const heads = await log.heads(storeIds);
      for (const storeId of storeIds) {
        const head = heads.get(storeId);
        looking.delete(storeId);
        if (head) found(storeId, beats, head);
        else await lookAt(storeId, beats, false);
      }
    } catch (error) {
      onFailure(error);
    } finally {
      for (const storeId of storeIds) looking.delete(storeId);
    }
  }

  return () => {
    looks += 1;
    const beats = looks % (BEAT_MS / LOOK_MS) === 0;
    const turn = beats ? (looks / (BEAT_MS / LOOK_MS)) % BEATS_PER_DIGEST : null;
    const free = [...stores()].filter((storeId) => !looking.has(storeId));
    if (free.length === 0) return;
    for (const storeId of free) looking.add(storeId);
    const others = free.filter((storeId) => turnOf(storeId) !== turn);
    for (const storeId of free) if (turnOf(storeId) === turn) void lookAt(storeId, beats, true);
    if (others.length > 0) void lookAtAll(others, beats);
  };
}

/** The beat of each minute that has a store's digest. */
function turnOf(storeId: string): number {
  let sum = 0;
  for (let i = 0; i < storeId.length; i++) sum = (sum * 31 + storeId.charCodeAt(i)) % 65_521;
  return sum % BEATS_PER_DIGEST;
}
