import { beforeEach, describe, expect, it } from 'vitest';
import type { Command, CommandAnswer, CommandResult } from '#contract/command.ts';
import { createQueue, type Queue } from '../queue/queue.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { memoryQueue } from '../testing/memory-queue.ts';
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
let told: string[];
let wayOpen: boolean;
/** What the server does with a batch. */
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
  told = [];
  otherEpoch = 0;
  expected = 0;
  wayOpen = true;
  server = answerAll;
  let ids = 0;
  queue = createQueue({
    store: memoryQueue().store,
    uuid: () => `id-${++ids}`,
    now: () => clock.wall(),
    isClockSet: () => true,
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
    epoch: () => 'e',
    onAnswered: ({ rejected }) => told.push(...rejected.map(({ code }) => code)),
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
  it('has at most fifty, in order, one in flight', async () => {
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

  it('is smaller where the intents are long: never above what a request may carry', async () => {
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

  it('of which the server leaves results out (192 KiB) is asked for again, from there', async () => {
    tap(5);
    server = (commands) => ({ epoch: 'e', results: commands.slice(0, 2).map(yes) });
    sender.poke();
    await clock.advance(1_000);
    expect(sent).toEqual([range(1, 5), range(3, 5), [5]]);
  });

  it('that is ahead of the server has the ledger checked, and is tried again', async () => {
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

describe('[C5] what fails', () => {
  it('is tried again for ever, by the back-off', async () => {
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

  it('waits as long as the server asks', async () => {
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

  it('is not sent at all while no way is open', async () => {
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

  it('because one command spoils the batch: that one goes to a person, the others land', async () => {
    tap(3);
    server = (commands) => {
      if (commands.some(({ orderId }) => orderId === 'o1')) throw new ServerError('server_error', 'bad', 400);
      return answerAll(commands);
    };
    sender.poke();
    await clock.advance(600_000);
    expect(queue.count()).toBe(0);
    expect(told).toEqual(['invalid']);
  });
});

describe('answers of another epoch', () => {
  it('are not taken; hello is said again, and the commands are sent again', async () => {
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

it('sends nothing more once it is closed, and takes no late answer', async () => {
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
