import { beforeEach, describe, expect, it } from 'vitest';
import { createLedgerCheck } from './ledger-check.ts';
import { ServerError } from './server-error.ts';

/** Answered commands, oldest first; the server's ledger; and the failures. */
let answered: number[];
let ledger: Set<string>;
let asked: number[];
let checked: number[];
let failures: string[];
let failing: 'server' | 'disk' | null;
let connected: boolean;

beforeEach(() => {
  answered = [];
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
