import { beforeEach, describe, expect, it } from 'vitest';
import { createLedgerCheck } from './ledger-check.ts';
import { ServerError } from './server-error.ts';

/** Answered commands, oldest first; the server's ledger; and the failures. */
let answered: number[];
/** Of these, the ones that overlay the board, with the position of their answer. */
let overlaying: { id: number; seq: number }[];
let head: { epoch: string; seq: number };
let taken: number;
let ledger: Set<string>;
let asked: number[];
let checked: number[];
let failures: string[];
let failing: 'server' | 'disk' | null;
let connected: boolean;

beforeEach(() => {
  answered = [];
  overlaying = [];
  head = { epoch: 'e', seq: 10 };
  taken = 0;
  ledger = new Set();
  asked = [];
  checked = [];
  failures = [];
  failing = null;
  connected = true;
});

const create = () =>
  createLedgerCheck({
    queue: {
      lastAnswered() {
        if (failing === 'disk') throw new Error('disk');
        return answered.length > 0 ? `id-${answered.at(-1)}` : null;
      },
      answersBeyond: (epoch, seq) =>
        epoch === 'e' ? overlaying.filter((one) => one.seq > seq).map(({ id }) => id) : [],
      answeredBefore: (before, limit) =>
        answered
          .filter((id) => id < before)
          .slice(-limit)
          .reverse()
          .map((id) => ({ id, commandId: `id-${id}` })),
      unanswer(ids) {
        if (failing === 'disk') throw new Error('disk');
        answered = answered.filter((id) => !ids.includes(id));
      },
    },
    sync: { position: () => ({ epoch: 'e', cursor: 5, hash: null }), head: () => head },
    onTaken: () => taken++,
    transport: () =>
      connected
        ? {
            commands: () => Promise.reject(new Error('not here')),
            async known(ids) {
              asked.push(ids.length);
              if (failing === 'server') throw new ServerError('server_error', 'server');
              return { known: ids.filter((id) => ledger.has(id)) };
            },
          }
        : null,
    onChecked: (lost) => checked.push(lost),
    onFailed: (error) => failures.push((error as Error).message),
  });
const settle = async (): Promise<void> => {
  for (let i = 0; i < 50; i++) await Promise.resolve();
};
const fill = (count: number, known: number): void => {
  answered = Array.from({ length: count }, (_, i) => i + 1);
  ledger = new Set(answered.slice(0, known).map((id) => `id-${id}`));
};

describe('[C3] the ledger check', () => {
  it.each([
    ['all are known', 3, 3, [3], [0]],
    ['some are known', 3, 1, [3], [2]],
    ['none is known', 3, 0, [3], [3]],
    ['nothing was answered', 0, 0, [], [0]],
    ['the newest 500 are unknown: searches further back', 1_200, 600, [500, 500], [600]],
    ['none of many is known', 1_200, 0, [500, 500, 200], [1_200]],
    ['exactly 500 are unknown', 500, 0, [500], [500]],
  ])('where %s', async (_, count, known, pages, lost) => {
    fill(count, known);
    create().check();
    await settle();
    expect([asked, checked]).toEqual([pages, lost]);
    expect(answered).toHaveLength(known);
  });

  it.each(['server', 'disk'] as const)('stays due after a failure of the %s until it works', async (what) => {
    fill(2, 1);
    failing = what;
    const check = create();
    check.check();
    await settle();
    expect([failures, checked, answered.length]).toEqual([[what], [], 2]);
    expect(check.isDue()).toBe(true);
    expect(check.failure()).toBe(what === 'server' ? 'server_error' : null);
    failing = null;
    check.retry();
    await settle();
    expect([checked, answered.length]).toEqual([[1], 1]);
    expect([check.isDue(), check.failure()]).toEqual([false, null]);
    check.retry();
    await settle();
    expect(asked).toHaveLength(2);
  });

  it('waits for an open transport', async () => {
    fill(1, 0);
    connected = false;
    const check = create();
    check.check();
    await settle();
    expect(checked).toEqual([]);
    connected = true;
    check.retry();
    await settle();
    expect(checked).toEqual([1]);
  });

  it('runs again if requested while it runs: the server may have been restored meanwhile', async () => {
    fill(2, 2);
    const check = create();
    check.check();
    expect(check.isDue()).toBe(true);
    ledger.delete('id-2');
    check.check();
    await settle();
    expect(check.isDue()).toBe(false);
    expect(answered).toEqual([1]);
  });

  it('changes nothing once closed', async () => {
    fill(1, 0);
    const check = create();
    check.check();
    check.close();
    await settle();
    expect([answered, checked]).toEqual([[1], []]);
  });
});

describe('[C3] a question about the ledger', () => {
  it.each([
    ['is known: nothing goes up again', true, 3],
    ['is not known: finds what was lost', false, 1],
  ])('whose command %s', async (_, known, left) => {
    fill(3, left);
    const question = create().ask();
    expect(question.answered).toBe('id-3');
    question.take(known);
    await settle();
    expect([answered.length, taken]).toEqual([left, 1]);
  });

  it('gives up answers beyond the head that were there when it was asked, although they are known', async () => {
    fill(4, 4);
    overlaying = [
      { id: 1, seq: 10 },
      { id: 2, seq: 11 },
    ];
    const check = create();
    const question = check.ask();
    overlaying.push({ id: 3, seq: 12 });
    question.take(true);
    await settle();
    expect(answered).toEqual([1, 3, 4]);
    const next = check.ask();
    head = { epoch: 'e', seq: 12 };
    next.take(true);
    await settle();
    expect(answered).toEqual([1, 3, 4]);
  });

  it('of two at the same time counts for itself', async () => {
    fill(2, 2);
    const check = create();
    const first = check.ask();
    overlaying = [{ id: 2, seq: 11 }];
    check.ask();
    first.take(true);
    await settle();
    expect(answered).toEqual([1, 2]);
  });

  it.each([
    ['after it was sent, and answered after that', ['send', 'ask', 'take', 'answered']],
    ['after the answer to it', ['ask', 'send', 'take', 'answered']],
    ['before the answer to it', ['ask', 'send', 'answered', 'take']],
    ['before it was asked, and answered before the answer to it', ['send', 'ask', 'answered', 'take']],
  ])('proves nothing of commands that go up meanwhile: %s', async (_, steps) => {
    fill(1, 1);
    const check = create();
    let question = check.ask();
    let end = () => {};
    const run: Record<string, () => void> = {
      ask: () => (question = check.ask()),
      send: () => (end = check.sending()),
      answered() {
        answered.push(2);
        end();
      },
      take: () => question.take(true),
    };
    for (const step of steps) run[step]?.();
    await settle();
    expect([answered, checked]).toEqual([[1], [1]]);
  });

  it('is enough for commands that were answered before it, or sent after its answer', async () => {
    fill(1, 1);
    const check = create();
    const before = check.sending();
    before();
    check.ask().take(true);
    check.sending()();
    await settle();
    expect(asked).toEqual([]);
  });

  it('checks the whole ledger if the disk cannot be read', async () => {
    fill(2, 1);
    failing = 'disk';
    expect(create().ask().answered).toBeNull();
    failing = null;
    await settle();
    expect([failures, answered]).toEqual([['disk'], [1]]);
  });
});
