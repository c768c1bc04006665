import { expect, it } from 'vitest';
import type { Changes, Position, ResetReason } from '#contract/sync.ts';
import type { LogRead } from '../../service.ts';
import { createPumps } from './pumps.ts';
import { createSeats } from './seats.ts';
import type { Seat } from './store-namespace.ts';

/** A log of numbers only, which answers when the test says so. */
function setUp(head = 0) {
  const log = { epoch: 'e', head, reads: 0, answer: (position: Position): LogRead => delta(position) };
  const open: (() => void)[] = [];
  const seats = createSeats<Seat>();
  const sent: { to: Seat[]; changes: Changes }[] = [];
  const resets: ResetReason[] = [];
  let failures = 0;
  function delta({ cursor }: Position): LogRead {
    return {
      mode: 'delta',
      epoch: log.epoch,
      from: cursor,
      to: log.head,
      hash: `h${log.head}`,
      head: log.head,
      changes: [],
    };
  }
  const pumps = createPumps({
    log: {
      async read(_storeId, position) {
        log.reads += 1;
        await new Promise<void>((resolve) => open.push(resolve));
        return log.answer(position);
      },
    },
    seats,
    send: (_storeId, to, changes) => sent.push({ to, changes }),
    onReset: (_seat, reason) => resets.push(reason),
    onFailure: () => {
      failures += 1;
    },
  });
  const sit = (): Seat => {
    const seat = { device: { id: 'd' }, storeId: 's', since: 'now', position: null, unconfirmed: [], cursor: 0 };
    seats.add(seat as unknown as Seat);
    return seat as unknown as Seat;
  };
  const settle = async () => {
    for (const go of open.splice(0)) go();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { log, pumps, sent, resets, sit, settle, failures: () => failures };
}
const start: Position = { epoch: 'e', cursor: 0, hash: null };

it('displays at one place share one read, also those that come while it is under way', async () => {
  const { log, pumps, sent, sit, settle } = setUp(3);
  const seats = [sit(), sit(), sit()];
  for (const seat of seats) pumps.start(seat, start);
  await settle();
  expect([log.reads, sent.length, sent[0]?.to.length]).toEqual([1, 1, 3]);
  expect(seats.map((seat) => seat.position?.cursor)).toEqual([3, 3, 3]);
});

it('a display that said hello again meanwhile does not get what was read for where it was', async () => {
  const { pumps, sent, sit, settle } = setUp(3);
  const seat = sit();
  pumps.start(seat, start);
  pumps.pause(seat);
  await settle();
  expect(sent).toEqual([]);
  pumps.start(seat, { epoch: 'e', cursor: 2, hash: 'h2' });
  await settle();
  expect(sent.map(({ changes }) => [changes.from, changes.to])).toEqual([[2, 3]]);
});

it('a head that is heard of while a read is under way is not forgotten', async () => {
  const { log, pumps, sent, sit, settle } = setUp(1);
  const seat = sit();
  pumps.start(seat, start);
  await settle();
  log.head = 2;
  pumps.wake('s', 2);
  log.head = 3;
  pumps.wake('s', 3);
  await settle();
  await settle();
  expect(sent.at(-1)?.changes.to).toBe(3);
});

it('a wrong hint costs one read and nothing else', async () => {
  const { log, pumps, sent, sit, settle } = setUp(2);
  const seat = sit();
  pumps.start(seat, start);
  await settle();
  pumps.wake('s', 1);
  await settle();
  await settle();
  expect([log.reads, sent.length, seat.position?.cursor]).toEqual([2, 1, 2]);
});

it('[S2] a display whose place is gone gets nothing more until it says hello', async () => {
  const { log, pumps, sent, resets, sit, settle } = setUp(1);
  const seat = sit();
  pumps.start(seat, start);
  await settle();
  log.answer = () => ({ mode: 'snapshot', reason: 'too_old', epoch: 'e', head: 9 });
  pumps.wake('s', 9);
  await settle();
  pumps.wake('s', 10);
  await settle();
  expect([resets, seat.position, sent.length]).toEqual([['too_old'], null, 1]);
});

it('a read that fails is tried again at the next look', async () => {
  const { log, pumps, sent, sit, settle, failures } = setUp(1);
  const { answer } = log;
  log.answer = () => {
    throw new Error('disk');
  };
  pumps.start(sit(), start);
  await settle();
  expect([failures(), sent.length]).toEqual([1, 0]);
  log.answer = answer;
  pumps.wake('s', 1);
  await settle();
  expect(sent).toHaveLength(1);
});
