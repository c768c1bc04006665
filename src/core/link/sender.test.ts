import { beforeEach, describe, expect, it } from 'vitest';
import type { Command, CommandAnswer, CommandResult } from '#contract/command.ts';
import { createQueue, type Queue } from '../queue/queue.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { memoryQueue } from '../testing/memory-storage.ts';
import { createSender, type Sender } from './sender.ts';
import { ServerError } from './server-error.ts';

const bump = { type: 'set_status', payload: { from: 'pending', to: 'preparing' } } as const;
const silent = { info() {}, warn() {}, error() {} };

let clock: FakeClock;
let queue: Queue;
let sender: Sender;
let sent: number[][];
let otherEpoch: number;
let expected: number;
/** How many commands waited before each answered batch, and after its answers were in the queue. */
let batches: [before: number, after: number][];
let rejections: string[];
let wayOpen: boolean;
/** How often the server has sent its time. */
let heard: () => number;
/** How the server answers a batch. */
let server: (commands: Command[]) => CommandAnswer | Promise<CommandAnswer>;

const numberOf = ({ commandId }: Command): number => Number(commandId.slice(3));
const yes = (command: Command): CommandResult => ({
  commandId: command.commandId,
  outcome: 'applied',
  seq: numberOf(command),
});
const answerAll = (commands: Command[]): CommandAnswer => ({ epoch: 'e', results: commands.map(yes) });

beforeEach(() => {
  clock = createFakeClock();
  sent = [];
  rejections = [];
  otherEpoch = 0;
  expected = 0;
  batches = [];
  wayOpen = true;
  server = answerAll;
  heard = clock.monotonic;
  let ids = 0;
  queue = createQueue({
    store: memoryQueue().store,
    uuid: () => `id-${++ids}`,
    now: clock.wall,
    latest: clock.wall,
    uptime: clock.uptime,
    heard: () => heard(),
    knowsTime: () => true,
    orderNumber: () => null,
    onTouched: () => {},
  });
  sender = createSender({
    clock,
    random: () => 0.5,
    log: silent,
    queue,
    transport: () =>
      wayOpen
        ? {
            async commands(commands) {
              sent.push(commands.map(numberOf));
              return server(commands);
            },
            known: async (ids) => ({ known: ids }),
          }
        : null,
    sending() {
      const waiting = queue.count();
      return () => void batches.push([waiting, queue.count()]);
    },
    epoch: () => 'e',
    onAnswered: ({ rejected }) => rejections.push(...rejected.map(({ code }) => code)),
    onOtherEpoch: () => otherEpoch++,
    onExpected: () => expected++,
    onFailed: () => {},
  });
});
const tap = (count: number, reason = '') =>
  queue.add(
    Array.from({ length: count }, (_, i) => ({
      orderId: `o${i}`,
      intent: reason ? { type: 'set_status', payload: { from: 'pending', to: 'cancelled', reason } } : bump,
      baseVersion: 1,
    })),
  );
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('[C3] a batch', () => {
  it('holds at most fifty commands, in order, one batch in flight', async () => {
    tap(120);
    let inFlight = 0;
    server = async (commands) => {
      expect(++inFlight).toBe(1);
      await new Promise<void>((resolve) => clock.after(50, resolve));
      inFlight--;
      return answerAll(commands);
    };
    sender.poke();
    sender.now();
    await clock.advance(1_000);
    expect(sent).toEqual([range(1, 50), range(51, 100), range(101, 120)]);
  });

  it('says when it goes up, and when its answers are in the queue', async () => {
    tap(60);
    sender.poke();
    await clock.advance(1_000);
    expect(batches).toEqual([
      [60, 10],
      [10, 0],
    ]);
  });

  it('is smaller if the intents are long, and never exceeds the request limit', async () => {
    tap(50, '\u0001'.repeat(500));
    let bytes = 0;
    server = (commands) => {
      bytes = Math.max(bytes, new TextEncoder().encode(JSON.stringify({ commands })).length);
      return answerAll(commands);
    };
    sender.poke();
    await clock.advance(1_000);
    expect(queue.count()).toBe(0);
    expect(bytes).toBeLessThan(128 * 1024);
  });

  it('is sent again from the first command that the server left unanswered (192 KiB)', async () => {
    tap(5);
    server = (commands) => ({ epoch: 'e', results: commands.slice(0, 2).map(yes) });
    sender.poke();
    await clock.advance(1_000);
    expect(sent).toEqual([range(1, 5), range(3, 5), [5]]);
  });

  it('that is ahead of the server triggers a ledger check and is sent again', async () => {
    tap(1);
    sender.poke();
    await clock.advance(100);
    server = ([first]) => ({ epoch: 'e', results: [], expected: first?.after ?? '' });
    tap(2);
    sender.poke();
    await clock.advance(100);
    expect([sent.at(-1), expected, queue.count()]).toEqual([[2, 3], 1, 2]);
    server = answerAll;
    await clock.advance(31_000);
    expect(queue.count()).toBe(0);
  });
});

describe('[C5] a failed batch', () => {
  it('is retried for ever, with back-off', async () => {
    tap(1);
    server = () => {
      throw new ServerError('server_away', 'nobody');
    };
    sender.poke();
    await clock.advance(24 * 3_600_000);
    expect(sent.length).toBeGreaterThan(5_000);
    expect(queue.count()).toBe(1);
    server = answerAll;
    await clock.advance(31_000);
    expect(queue.count()).toBe(0);
  });

  it('is retried after the delay that the server asks for', async () => {
    tap(1);
    server = () => {
      throw new ServerError('rate_limited', 'slowly', 429, 20_000);
    };
    sender.poke();
    await clock.advance(19_900);
    sender.poke();
    expect(sent).toHaveLength(1);
    server = answerAll;
    await clock.advance(200);
    expect(sent).toHaveLength(2);
  });

  it('is not sent while no transport is open', async () => {
    tap(1);
    wayOpen = false;
    sender.poke();
    await clock.advance(60_000);
    expect(sent).toEqual([]);
    wayOpen = true;
    sender.now();
    await clock.advance(10);
    expect(sent).toEqual([[1]]);
  });

  it('with one invalid command: that one moves to the failed list, the others are applied', async () => {
    tap(3);
    server = (commands) => {
      if (commands.some(({ orderId }) => orderId === 'o1')) throw new ServerError('server_error', 'bad', 400);
      return answerAll(commands);
    };
    sender.poke();
    await clock.advance(600_000);
    expect(queue.count()).toBe(0);
    expect(rejections).toEqual(['invalid']);
  });
});

describe('answers of another epoch', () => {
  it('are ignored; hello and the commands are sent again', async () => {
    tap(1);
    server = (commands) => ({ ...answerAll(commands), epoch: 'other' });
    sender.poke();
    await clock.advance(10);
    expect([queue.count(), otherEpoch]).toEqual([1, 1]);
    server = answerAll;
    await clock.advance(2_000);
    expect(queue.count()).toBe(0);
  });
});

it('sends nothing once closed, and ignores a late answer', async () => {
  tap(1);
  server = async (commands) => {
    await new Promise<void>((resolve) => clock.after(50, resolve));
    return answerAll(commands);
  };
  sender.poke();
  await clock.advance(10);
  sender.close();
  await clock.advance(60_000);
  expect([sent.length, queue.count()]).toEqual([1, 1]);
});

it.each([
  ['that the server’s time should have followed', 1, 13_000],
  ['that was made before the server ever sent its time', 0, 0],
])('[C4] does not send a tap %s until the server sends it', async (_, times, waited) => {
  heard = () => times;
  tap(1);
  await clock.advance(waited);
  sender.poke();
  await clock.advance(60_000);
  expect(sent).toEqual([]);
  heard = () => times + 1;
  await clock.advance(2_000);
  expect(sent).toEqual([[1]]);
});
