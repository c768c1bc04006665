import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Escalation } from '#contract/admin.ts';
import { createNotifying, type Notifying, type NotifyingOptions } from './create-notifying.ts';
import type { Notifier } from './notifier.ts';

let notifying: Notifying;
afterEach(() => notifying.close());

const escalation = (id: string): Escalation => ({
  id,
  storeId: 'main',
  kind: 'unacknowledged',
  orderId: `order ${id}`,
  orderNumber: id,
  detail: null,
  raisedAt: '2026-11-21T10:00:00.000Z',
  resolvedAt: null,
});
/** Records its calls; `behave` decides how each call ends. */
function notifier(name: string, behave: (call: number) => Promise<void> = async () => {}) {
  const calls: string[][] = [];
  const it: Notifier = {
    name,
    notify(escalations) {
      calls.push(escalations.map(({ id }) => id));
      return behave(calls.length);
    },
  };
  return Object.assign(it, { calls });
}
function start(notifiers: Notifier[], over: Partial<NotifyingOptions> = {}): string[] {
  const outcomes: string[] = [];
  const onNotified: NotifyingOptions['onNotified'] = ({ notifier, outcome }) => outcomes.push(`${notifier} ${outcome}`);
  notifying = createNotifying({ notifiers, onNotified, timeoutMs: 30, backOffMs: 2, ...over });
  return outcomes;
}
const quiet = () => sleep(300);

describe('notifiers', () => {
  it('are all called; escalations during a call go into the next one', async () => {
    const [one, two] = [notifier('one'), notifier('two', () => sleep(5))];
    const outcomes = start([one, two]);
    for (const id of ['1', '2', '3']) notifying.notify(escalation(id));
    await quiet();
    for (const { calls } of [one, two]) expect(calls).toEqual([['1'], ['2', '3']]);
    expect(outcomes.toSorted()).toEqual(['one told', 'one told', 'two told', 'two told']);
  });

  it('retry one that fails until it works, including newer escalations', async () => {
    const shaky = notifier('shaky', async (call) => {
      if (call === 1) notifying.notify(escalation('2'));
      if (call < 4) throw new Error('no network');
    });
    const outcomes = start([shaky]);
    notifying.notify(escalation('1'));
    await quiet();
    expect(shaky.calls).toEqual([['1'], ['1', '2'], ['1', '2'], ['1', '2']]);
    expect(outcomes.at(-1)).toBe('shaky told');
  });

  it('one that never answers or throws delays nobody, and is finally given up', async () => {
    const good = notifier('good');
    const stuck = notifier('stuck', () => new Promise(() => {}));
    const throws = notifier('throws', () => {
      throw new Error('at once');
    });
    const outcomes = start([stuck, throws, good], { timeoutMs: 5 });
    notifying.notify(escalation('1'));
    await quiet();
    expect(good.calls).toEqual([['1']]);
    for (const name of ['stuck', 'throws'])
      expect(outcomes.filter((outcome) => outcome.startsWith(name))).toEqual([
        ...Array(5).fill(`${name} failed`),
        `${name} given_up`,
      ]);
    notifying.notify(escalation('2'));
    await sleep(20);
    expect(stuck.calls.at(-1)).toEqual(['2']);
  });

  it('keep a bounded number for one that fails for long', async () => {
    const away = notifier('away', () => Promise.reject(new Error('away')));
    const outcomes = start([away], { backOffMs: 60_000 });
    for (let i = 0; i < 600; i++) notifying.notify(escalation(String(i)));
    await quiet();
    expect(outcomes.filter((outcome) => outcome === 'away given_up')).toHaveLength(100);
  });
});
