import { describe, expect, it } from 'vitest';
import { type Changes, MAX_BATCHES_AHEAD, type Position, type ResetReason } from '#contract/sync.ts';
import type { LogRead } from '../../service.ts';
import { createFollowers } from './create-followers.ts';
import type { Follower } from './follower.ts';

/** A log of numbers only, which answers when the test releases it. */
function setUp(head = 0, ahead?: number) {
  const log = { epoch: 'e', head, reads: 0, limit: 200, answer: (position: Position): LogRead => delta(position) };
  const open: (() => void)[] = [];
  const sent: { to: readonly Follower<string>[]; changes: Changes }[] = [];
  const resets: ResetReason[] = [];
  const failures: unknown[] = [];
  function delta({ cursor }: Position): LogRead {
    const to = Math.min(log.head, cursor + log.limit);
    return { mode: 'delta', epoch: log.epoch, from: cursor, to, hash: `h${to}`, head: log.head, changes: [] };
  }
  const followers = createFollowers<string>({
    log: {
      async read(_storeId, position) {
        log.reads += 1;
        // A read returns the state at its start.
        const answer = log.answer;
        const before = answer(position);
        await new Promise<void>((resolve) => open.push(resolve));
        return before;
      },
    },
    send: (_storeId, to, changes) => sent.push({ to: [...to], changes }),
    onReset: (_follower, reason) => resets.push(reason),
    onFailure: (error) => failures.push(error),
    ...(ahead !== undefined && { ahead }),
  });
  const settle = async () => {
    while (open.length > 0) {
      for (const go of open.splice(0)) go();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const positionOf = ({ state }: Follower<string>) => ('position' in state ? state.position.cursor : null);
  return { log, followers, sent, resets, settle, failures, positionOf, join: () => followers.subscribe('s', 'd') };
}
const start: Position = { epoch: 'e', cursor: 0, hash: null };

describe('followers', () => {
  it('at the same position share one read, also those that start during it', async () => {
    const { log, sent, settle, join, positionOf } = setUp(3);
    const all = [join(), join(), join()];
    for (const follower of all) follower.start(start);
    await settle();
    expect([log.reads, sent.length, sent[0]?.to.length]).toEqual([1, 1, 3]);
    expect(all.map(positionOf)).toEqual([3, 3, 3]);
  });

  it('that start elsewhere during a read do not get the batch for their old position', async () => {
    const { sent, settle, join } = setUp(3);
    const follower = join();
    follower.start(start);
    follower.pause();
    await settle();
    expect(sent).toEqual([]);
    follower.start({ epoch: 'e', cursor: 2, hash: 'h2' });
    await settle();
    expect(sent.map(({ changes }) => [changes.from, changes.to])).toEqual([[2, 3]]);
  });

  it('get a head that was hinted at during the read of an older one', async () => {
    const { log, followers, sent, settle, join } = setUp(1);
    join().start(start);
    log.head = 2;
    followers.heardOf('s', 2);
    await settle();
    expect(sent.at(-1)?.changes.to).toBe(2);
  });

  it.each([0, 1, 99])('spend one read on a wrong hint of head %d', async (wrong) => {
    const { log, followers, sent, settle, join, positionOf } = setUp(2);
    const follower = join();
    follower.start(start);
    await settle();
    followers.heardOf('s', wrong);
    await settle();
    expect([log.reads, sent.length, positionOf(follower)]).toEqual([2, 1, 2]);
    followers.heardOf('s', 2);
    await settle();
    expect(log.reads).toBe(2);
  });

  it('have at most MAX_BATCHES_AHEAD unconfirmed batches', async () => {
    const { log, followers, sent, settle, join } = setUp(10);
    log.limit = 1;
    const follower = join();
    follower.start(start);
    await settle();
    expect([sent.length, follower.state.kind]).toEqual([MAX_BATCHES_AHEAD, 'full']);
    const { reads } = log;
    followers.heardOf('s', 11);
    await settle();
    expect(log.reads).toBe(reads);
    follower.confirm(2);
    await settle();
    expect([sent.length, follower.cursor]).toEqual([MAX_BATCHES_AHEAD + 2, 2]);
  });

  it('have at most as many unconfirmed batches as `ahead` says', async () => {
    const { log, followers, sent, settle, join } = setUp(3, 1);
    log.limit = 1;
    const follower = join();
    follower.start(start);
    for (const cursor of [1, 2, 3]) {
      await settle();
      expect([sent.length, follower.state.kind]).toEqual([cursor, 'full']);
      follower.confirm(cursor);
    }
    log.head = 4;
    followers.heardOf('s', 4);
    await settle();
    expect(sent).toHaveLength(4);
  });

  it('cannot confirm more than was sent to them', async () => {
    const { settle, join } = setUp(3);
    const follower = join();
    follower.start(start);
    await settle();
    follower.confirm(1_000);
    expect(follower.cursor).toBe(3);
  });

  it('[S2] whose position is gone get nothing until they start again', async () => {
    const { log, followers, sent, resets, settle, join } = setUp(1);
    const follower = join();
    follower.start(start);
    await settle();
    log.answer = () => ({ mode: 'snapshot', reason: 'too_old', epoch: 'e', head: 9 });
    followers.heardOf('s', 9);
    await settle();
    followers.heardOf('s', 10);
    await settle();
    expect([resets, follower.state.kind, sent.length]).toEqual([['too_old'], 'paused', 1]);
  });

  it('whose read fails are read for again at the next hint', async () => {
    const { log, followers, sent, settle, join, failures } = setUp(1);
    const { answer } = log;
    log.answer = () => {
      throw new Error('disk');
    };
    join().start(start);
    await new Promise((resolve) => setImmediate(resolve));
    expect([failures.length, sent.length]).toEqual([1, 0]);
    log.answer = answer;
    followers.heardOf('s', 1);
    await settle();
    expect(sent).toHaveLength(1);
  });

  it('that have unsubscribed cannot start again', async () => {
    const { log, followers, settle, join } = setUp(1);
    const follower = join();
    follower.unsubscribe();
    follower.unsubscribe();
    follower.start(start);
    followers.heardOf('s', 1);
    await settle();
    expect([log.reads, follower.state.kind, followers.stores()]).toEqual([0, 'ended', []]);
  });
});
