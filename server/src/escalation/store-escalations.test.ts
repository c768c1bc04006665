import { expect, it } from 'vitest';
import type { Escalation } from '#contract/admin.ts';
import { until } from '#test/support/until.ts';
import type { StoreSubject } from '../service.ts';
import { DATABASES } from '../testing/databases.ts';
import { lossyTerm } from '../testing/lossy-term.ts';
import { makeShop } from '../testing/shop.ts';
import { followEscalations } from './follow-escalations.ts';

const PRINTER: StoreSubject = { storeId: 'main', kind: 'printer', subject: 'p1' };
const DETAIL = 'The printer Kitchen is out of paper: put in a new roll.';

it.each(DATABASES)(
  'a store’s escalation is reported when raised and when resolved, over restarts, on $database',
  async ({ start }) => {
    const temp = await start();
    await makeShop(temp.service);
    const told: Escalation[] = [];
    const look = followEscalations(
      {
        unresolved: () => temp.service.escalations.unresolved(),
        find: (ids) => temp.service.escalations.find(ids),
      },
      (escalation) => told.push(escalation),
    );
    await look();

    await Promise.all([1, 2, 3].map(() => temp.service.escalations.raise(PRINTER, DETAIL)));
    await temp.service.escalations.raise({ ...PRINTER, subject: 'p2' }, 'Another printer.');
    await look();
    const about = { storeId: 'main', kind: 'printer', orderId: null, orderNumber: null, resolvedAt: null };
    expect(told).toMatchObject([
      { ...about, detail: DETAIL },
      { ...about, detail: 'Another printer.' },
    ]);
    // Of several servers, the one that monitors counts those of all, in each check.
    await temp.service.escalate();
    expect(temp.service.escalations.open().printer).toBe(2);
    expect(temp.service.escalations.raised().printer).toBe(2);
    expect(temp.logged).toContain(DETAIL);

    await temp.restart();
    await temp.service.escalations.raise(PRINTER, DETAIL);
    temp.clock.now += 100_000;
    await temp.service.escalate();
    await look();
    expect(told).toHaveLength(2);
    expect(temp.service.escalations.open().printer).toBe(2);

    await Promise.all([1, 2].map(() => temp.service.escalations.resolve(PRINTER)));
    await look();
    const resolvedAt = new Date(temp.clock.now).toISOString();
    expect(told.slice(2)).toMatchObject([{ detail: DETAIL, resolvedAt }]);
    expect(temp.service.escalations.open().printer).toBe(1);

    await temp.service.escalations.raise(PRINTER, 'It is out of paper again.');
    await look();
    expect(told.slice(3)).toMatchObject([{ detail: 'It is out of paper again.', resolvedAt: null }]);
    const { escalations } = await temp.service.escalations.list({ storeId: 'main', limit: 50 });
    expect(escalations.map(({ detail, resolvedAt }) => [detail, resolvedAt !== null])).toEqual([
      ['It is out of paper again.', false],
      ['Another printer.', false],
      [DETAIL, true],
    ]);
  },
);

it.each(DATABASES)(
  'resolved ones of a store are deleted with the history of orders, open ones stay, on $database',
  async ({ start }) => {
    const { service, clock } = await start();
    await makeShop(service);
    await service.escalations.raise(PRINTER, DETAIL);
    await service.escalations.raise({ ...PRINTER, subject: 'p2' }, DETAIL);
    await service.escalations.resolve(PRINTER);
    clock.now += 401 * 86_400_000;
    expect((await service.clean()).escalations).toBe(1);
    expect((await service.escalations.list({ storeId: 'main', limit: 50 })).escalations).toMatchObject([
      { resolvedAt: null },
    ]);
  },
);

it.each(DATABASES)(
  'what a COMMIT without an answer has raised or resolved is logged and counted, once, on $database',
  async ({ start }) => {
    const { service, logged } = await start();
    await makeShop(service);
    const { escalations } = service;
    const open = async () => {
      await service.escalate();
      return escalations.open().printer;
    };
    const unanswered = async () => (await lossyTerm(service.leases, 'unanswered', async () => true)).queue;
    await expect(escalations.raise(PRINTER, DETAIL, await unanswered())).rejects.toThrow();
    await escalations.raise(PRINTER, DETAIL);
    await until('it is counted', () => escalations.raised().printer === 1, 5_000);
    expect(logged.filter((line) => line === DETAIL)).toHaveLength(1);
    await until('it is shown as open', async () => (await open()) === 1, 5_000);

    await expect(escalations.resolve(PRINTER, await unanswered())).rejects.toThrow();
    await until('it is shown as resolved', async () => (await open()) === 0, 5_000);
    expect(escalations.raised().printer).toBe(1);
  },
);
