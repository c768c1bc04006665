import { assertNever } from '#contract/assert-never.ts';
import { BATCH_CHANGES, type Changes, MAX_BATCHES_AHEAD, type Position, type ResetReason } from '#contract/sync.ts';
import type { Log, LogRead } from '../../service.ts';
import type { Follower, FollowerState, SentBatch } from './follower.ts';
import { createHeads } from './heads.ts';

export interface FollowersOptions<T> {
  log: Pick<Log, 'read'>;
  /** Most batches that a follower has not confirmed; MAX_BATCHES_AHEAD by default. */
  ahead?: number;
  /** Encodes the batch once and sends the same bytes to all of them. */
  send(storeId: string, to: readonly Follower<T>[], changes: Changes): void;
  /** The log does not continue from this follower's position; the follower is paused. */
  onReset(follower: Follower<T>, reason: ResetReason): void;
  /** A follower has stored a batch: seconds since the commit, or since the follower started, if later. */
  onDelivered?(seconds: number): void;
  /** ms since 1970, by which commits have their times. */
  now?(): number;
  onFailure(error: unknown): void;
}

/**
 * Sends stores' logs to their followers, each from its own position (contract, section 6). A commit pushes nothing: a
 * hint makes the followers read. Those at the same position share one read and one encoding. A follower with `ahead`
 * unconfirmed batches is skipped until it confirms, so a slow one costs nothing.
 */
export interface Followers<T> {
  of(storeId: string): Iterable<Follower<T>>;
  /** The stores with followers. */
  stores(): string[];
  /** A new follower is paused. */
  subscribe(storeId: string, target: T): Follower<T>;
  /** A possible head of the store, from a hint or the periodic check. A wrong one costs a read. */
  heardOf(storeId: string, head: number): void;
}

interface Session<T> extends Follower<T> {
  state: FollowerState;
  unconfirmed: SentBatch[];
  cursor: number;
  startedAt: number;
}

export function createFollowers<T>(options: FollowersOptions<T>): Followers<T> {
  const { log, ahead = MAX_BATCHES_AHEAD, send, onReset, onDelivered, onFailure, now: time = Date.now } = options;
  const byStore = new Map<string, Set<Session<T>>>();
  const heads = createHeads();
  /** Running reads by position, with the followers that wait for them. */
  const reads = new Map<string, Set<Session<T>>>();

  /** Takes the next step that the follower's state allows. */
  function advance(session: Session<T>): void {
    const { state, storeId } = session;
    switch (state.kind) {
      case 'paused':
      case 'reading':
      case 'ended':
        return;
      case 'waiting':
      case 'full': {
        const { position } = state;
        if (session.unconfirmed.length >= ahead) session.state = { kind: 'full', position };
        else if (heads.known(storeId) === position.cursor) session.state = { kind: 'waiting', position };
        else {
          session.state = { kind: 'reading', position };
          read(session, position);
        }
        return;
      }
      default:
        assertNever(state);
    }
  }

  function read(session: Session<T>, position: Position): void {
    const { storeId } = session;
    const place = placeOf(storeId, position);
    const sharers = reads.get(place);
    if (sharers) {
      sharers.add(session);
      return;
    }
    const group = new Set([session]);
    const began = heads.moment(storeId);
    const stillHere = () =>
      [...group].filter(({ state }) => state.kind === 'reading' && placeOf(storeId, state.position) === place);
    reads.set(place, group);
    log
      .read(storeId, position, BATCH_CHANGES)
      .finally(() => reads.delete(place))
      .then((answer) => deliver(storeId, stillHere(), answer, began))
      .catch((error) => {
        // Nothing is lost: the next hint or periodic check retries.
        for (const one of stillHere()) one.state = { kind: 'waiting', position };
        onFailure(error);
      });
  }

  function deliver(storeId: string, to: Session<T>[], answer: LogRead, began: number): void {
    if (answer.mode === 'snapshot') {
      for (const session of to) {
        session.state = { kind: 'paused' };
        onReset(session, answer.reason);
      }
      return;
    }
    const { epoch, from, to: last, hash, head, changes } = answer;
    heads.read(storeId, head, began);
    const position: Position = { epoch, cursor: last, hash };
    if (last > from && to.length > 0) {
      send(storeId, to, { epoch, from, to: last, hash, head, changes });
      const age = Math.max(0, time() - Date.parse(changes.at(-1)?.at ?? '') || 0);
      const now = performance.now();
      // Commit times come from a clock that may be set, so the age is limited to the time since the start.
      for (const { unconfirmed, startedAt } of to)
        unconfirmed.push({ to: last, committedAt: Math.max(now - age, startedAt) });
    }
    for (const session of to) {
      session.state = { kind: 'waiting', position };
      advance(session);
    }
  }

  function subscribe(storeId: string, target: T): Follower<T> {
    const session: Session<T> = {
      storeId,
      target,
      state: { kind: 'paused' },
      unconfirmed: [],
      cursor: 0,
      startedAt: 0,
      start(position) {
        if (session.state.kind === 'ended') return;
        session.state = { kind: 'waiting', position };
        session.unconfirmed = [];
        session.cursor = position.cursor;
        session.startedAt = performance.now();
        advance(session);
      },
      pause() {
        if (session.state.kind !== 'ended') session.state = { kind: 'paused' };
      },
      confirm(cursor) {
        const { state, unconfirmed } = session;
        if (state.kind === 'paused' || state.kind === 'ended') return;
        session.cursor = Math.max(session.cursor, Math.min(cursor, state.position.cursor));
        const now = performance.now();
        for (const { to, committedAt } of unconfirmed) if (to <= cursor) onDelivered?.((now - committedAt) / 1_000);
        session.unconfirmed = unconfirmed.filter(({ to }) => to > cursor);
        advance(session);
      },
      unsubscribe() {
        session.state = { kind: 'ended' };
        byStore.get(storeId)?.delete(session);
        if (byStore.get(storeId)?.size === 0) byStore.delete(storeId);
      },
    };
    byStore.set(storeId, (byStore.get(storeId) ?? new Set()).add(session));
    return session;
  }

  return {
    subscribe,
    of: (storeId) => byStore.get(storeId) ?? [],
    stores: () => [...byStore.keys()],
    heardOf(storeId, head) {
      heads.heard(storeId, head);
      for (const session of byStore.get(storeId) ?? []) advance(session);
    },
  };
}

function placeOf(storeId: string, { epoch, cursor, hash }: Position): string {
  return `${storeId} ${epoch} ${cursor} ${hash}`;
}
