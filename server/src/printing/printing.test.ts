import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PrinterDraft } from '#contract/printer.ts';
import { lossyTerm } from '../testing/lossy-term.ts';
import { createPaperTray, type PaperTray } from '../testing/paper-tray.ts';
import { ADMIN, draft, makeShop, refusalOf, type Shop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

let tray: PaperTray;
let temp: Awaited<ReturnType<typeof sqliteService>>;
let shop: Shop;

beforeEach(async () => {
  tray = createPaperTray();
  temp = await sqliteService({ printTicket: (printer, ticket) => tray.print(printer, ticket) });
  shop = await makeShop(temp.service);
  await temp.service.startPrinters();
});
afterEach(async () => {
  await temp.dispose();
});

const add = (over: object = {}) =>
  temp.service.printers.create('main', PrinterDraft.parse({ name: 'Pass', address: 'pass:9100', ...over }));
/** Looks as the server does every second, until the expectation holds. */
const eventually = (expectation: () => unknown) =>
  vi.waitFor(
    async () => {
      await temp.service.lookAtPrinters();
      await expectation();
    },
    { timeout: 10_000, interval: 50 },
  );
const place = async (over: Parameters<Shop['place']>[0] = {}) =>
  (await temp.service.orders.create(shop.integration, 'main', draft(over))).order;
const accept = (id: string) => temp.service.orders.setStatus(ADMIN, id, 'preparing', {});
const restart = async () => {
  await temp.restart();
  await temp.service.startPrinters();
};
const escalations = async () =>
  (await temp.service.escalations.list({ storeId: 'main', open: true, limit: 10 })).escalations;

describe('[section 14] a printer', () => {
  it('prints an accepted order once, also after a recall and a restart', async () => {
    const printer = await add({ on: ['accepted'] });
    const order = await place();
    await accept(order.id);
    await eventually(() => expect(tray.papers).toEqual([`pass:9100 ${order.number}: Khachapuri`]));
    await temp.service.orders.setStatus(ADMIN, order.id, 'ready', {});
    await temp.service.orders.setStatus(ADMIN, order.id, 'preparing', {}).catch(() => undefined);
    await restart();
    const next = await place({ status: 'preparing' });
    await eventually(() => expect(tray.papers).toHaveLength(2));
    expect(tray.papers[1]).toContain(next.number);
    const isDone = { trouble: null, waiting: 0 };
    await eventually(async () => expect(await temp.service.printers.get(printer.id, 'main')).toMatchObject(isDone));
  });

  it('prints nothing of before it was added, or before the occasion was switched on', async () => {
    const early = await place();
    await accept(early.id);
    const printer = await add();
    await accept((await place()).id);
    await temp.service.printers.patch(printer.id, { on: ['ready'] }, null);
    await temp.service.orders.setStatus(ADMIN, early.id, 'ready', {});
    await eventually(() => expect(tray.papers).toEqual([`pass:9100 ${early.number}: Khachapuri`]));
  });

  it('prints by hand what is asked for, and not twice while it waits', async () => {
    const printer = await add();
    const order = await place();
    tray.trouble = { kind: 'trouble', trouble: 'away', mayBePrinted: false };
    const first = await temp.service.printers.print(order.id, printer.id, 'main');
    await eventually(async () => expect(await escalations()).toHaveLength(1));
    expect((await temp.service.printers.print(order.id, printer.id, 'main')).id).toBe(first.id);
    expect(await temp.service.printers.get(printer.id, null)).toMatchObject({ trouble: 'away', waiting: 1 });
    tray.trouble = null;
    await eventually(() => expect(tray.papers).toHaveLength(1));
    await temp.service.printers.test(printer.id, null);
    await eventually(() => expect(tray.papers[1]).toBe('pass:9100 test TEST: Pass'));
  });

  it('out of paper raises one escalation, prints once when it has paper, and delays no other printer', async () => {
    await add({ on: ['accepted'] });
    await add({ on: ['accepted'], name: 'Bar', address: 'bar:9100' });
    const trouble = { kind: 'trouble', trouble: 'out_of_paper', mayBePrinted: false } as const;
    const { print } = tray;
    let hasPaper = false;
    tray.print = async (printer, ticket) =>
      hasPaper || printer.address !== 'pass:9100' ? print(printer, ticket) : trouble;
    const order = await place({ status: 'preparing' });
    await eventually(() => expect(tray.papers).toEqual([`bar:9100 ${order.number}: Khachapuri`]));
    await eventually(async () => expect(await escalations()).toHaveLength(1));
    expect((await escalations())[0]).toMatchObject({ kind: 'printer', detail: expect.stringMatching(/Pass.*paper/) });
    hasPaper = true;
    await eventually(() => expect(tray.papers[1]).toBe(`pass:9100 ${order.number}: Khachapuri`));
    await eventually(async () => expect(await escalations()).toEqual([]));
    expect(tray.papers).toHaveLength(2);
  });

  it('[section 16] prints what was not confirmed once more, marked, and never a third time', async () => {
    const printer = await add({ on: ['accepted'] });
    tray.trouble = { kind: 'trouble', trouble: 'away', mayBePrinted: true };
    const { number } = await place({ status: 'preparing' });
    await eventually(() => expect(tray.papers).toHaveLength(2));
    expect(tray.papers).toEqual([`pass:9100 ${number}: Khachapuri`, `pass:9100 reprint ${number}: Khachapuri`]);
    await eventually(async () =>
      expect(await temp.service.printers.get(printer.id, null)).toMatchObject({ waiting: 0, trouble: null }),
    );
  });

  it('[section 16] killed while it sends, prints the paper once more, and not again when it is killed then', async () => {
    const printer = await add({ on: ['accepted'] });
    const { number } = await place({ status: 'preparing' });
    await eventually(() => expect(tray.papers).toHaveLength(1));
    for (const papers of [2, 2]) {
      await temp.service.close();
      const raw = new Sqlite(temp.file);
      raw.exec("update prints set state = 'sending'");
      raw.close();
      await restart();
      const { id } = await temp.service.printers.test(printer.id, null);
      await eventually(() => expect(tray.papers.at(-1)).toBe('pass:9100 test TEST: Pass'));
      tray.papers.pop();
      expect(tray.papers).toHaveLength(papers);
      const again = new Sqlite(temp.file);
      again.prepare('delete from prints where id = ?').run(id);
      again.close();
    }
    expect(tray.papers[1]).toBe(`pass:9100 reprint ${number}: Khachapuri`);
  });

  it.each([
    ['sending', 'unanswered'],
    ['sending', 'undone'],
    ['printed', 'unanswered'],
    ['printed', 'undone'],
  ] as const)(
    'prints each paper once if the database ends while one is stored as %s, which is %s',
    async (state, loss) => {
      await temp.restart();
      const { startPrinters, leases } = temp.service;
      await startPrinters(
        await lossyTerm(leases, loss, async ({ tx }) => {
          const rows = await tx.selectFrom('prints').select('id').where('state', '=', state).execute();
          return rows.length > 0;
        }),
      );
      await add({ on: ['accepted'] });
      const numbers = [(await place({ status: 'preparing' })).number, (await place({ status: 'preparing' })).number];
      await eventually(async () =>
        expect(await temp.run('select state, reprint from prints')).toEqual([
          { state: 'printed', reprint: 0 },
          { state: 'printed', reprint: 0 },
        ]),
      );
      expect(tray.papers).toEqual(numbers.map((number) => `pass:9100 ${number}: Khachapuri`));
      expect(temp.logged).not.toEqual([]);
    },
  );

  it('is not stuck with a paper if it is changed before the database can store what became of that', async () => {
    await temp.restart();
    await temp.service.startPrinters(
      await lossyTerm(temp.service.leases, 'undone', async ({ tx }) => {
        const rows = await tx.selectFrom('prints').select('id').where('state', '=', 'printed').execute();
        return rows.length > 0;
      }),
    );
    const { id } = await add({ on: ['accepted'] });
    await place({ status: 'preparing' });
    await vi.waitFor(() => expect(temp.logged).not.toEqual([]), { timeout: 10_000, interval: 10 });
    await temp.service.printers.patch(id, { name: 'Grill' }, null);
    await eventually(async () =>
      expect(await temp.run('select state, reprint from prints')).toEqual([{ state: 'printed', reprint: 0 }]),
    );
    expect(tray.papers).toHaveLength(1);
  });

  it('has its escalation resolved also if the database ended while that was stored', async () => {
    await temp.restart();
    await temp.service.startPrinters(
      await lossyTerm(temp.service.leases, 'unanswered', async ({ tx }) => {
        const rows = await tx.selectFrom('escalations').select('id').execute();
        if (rows.length > 0) tray.trouble = null;
        return rows.length > 0;
      }),
    );
    await add({ on: ['accepted'] });
    await place({ status: 'preparing' });
    await eventually(() => expect(tray.papers).toHaveLength(1));
    tray.trouble = { kind: 'trouble', trouble: 'out_of_paper', mayBePrinted: false };
    await place({ status: 'preparing' });
    await eventually(async () => expect(await temp.run('select id from escalations')).toHaveLength(1));
    await eventually(() => expect(tray.papers).toHaveLength(2));
    await eventually(async () => expect(await escalations()).toEqual([]));
  });

  it('is deleted together with its escalation, or not at all', async () => {
    const printer = await add({ on: ['accepted'] });
    tray.trouble = { kind: 'trouble', trouble: 'away', mayBePrinted: false };
    await place({ status: 'preparing' });
    await eventually(async () => expect(await escalations()).toHaveLength(1));
    await temp.run(`create trigger fault before update on escalations begin select raise(abort, 'a fault'); end`);
    await expect(temp.service.printers.remove(printer.id, null)).rejects.toThrow();
    expect(await temp.service.printers.list('main')).toHaveLength(1);
    await temp.run('drop trigger fault');
    await temp.service.printers.remove(printer.id, null);
    expect(await escalations()).toEqual([]);
  });

  it('[section 16] prints only the items of its station, and nothing without any', async () => {
    const settings = { stations: [{ id: 'bar', name: 'Bar', match: { names: ['wine'] } }] };
    await temp.service.stores.patch('main', { settings });
    await add({ on: ['accepted'], station: 'bar' });
    await place({ status: 'preparing' });
    const items = [
      { name: 'Khinkali', quantity: 1 },
      { name: 'Red wine', quantity: 1 },
    ];
    const order = await place({ status: 'preparing', items });
    await eventually(() => expect(tray.papers).toEqual([`pass:9100 ${order.number}: Red wine`]));
  });

  it('prints as BACKUP what no live display has after 70 s, once over restarts', async () => {
    await add({ on: ['no_display'] });
    const order = await place();
    await eventually(() => expect(temp.service.printers.count()).toEqual({ working: 1, failing: 0 }));
    temp.clock.now += 69_000;
    await eventually(() => expect(tray.papers).toEqual([]));
    temp.clock.now += 2_000;
    await eventually(() => expect(tray.papers).toEqual([`pass:9100 backup ${order.number}: Khachapuri`]));
    await restart();
    temp.clock.now += 100_000;
    await place();
    const { head } = await temp.service.log.head('main');
    temp.service.receipts.connected(shop.display);
    temp.service.receipts.onDisk(shop.display, head);
    const third = await place();
    await temp.service.lookAtPrinters();
    temp.clock.now += 71_000;
    await eventually(() => expect(tray.papers[1]).toBe(`pass:9100 backup ${third.number}: Khachapuri`));
    expect(tray.papers).toHaveLength(2);
  });

  it('of another store is not found, and at most 20 are in a store', async () => {
    await makeShop(temp.service, 'other');
    const printer = await add();
    const order = await place();
    const { printers } = temp.service;
    expect((await refusalOf(printers.get(printer.id, 'other'))).code).toBe('not_found');
    expect((await refusalOf(printers.print(order.id, printer.id, 'other'))).code).toBe('not_found');
    expect((await refusalOf(printers.print(order.id, 'nowhere', 'main'))).code).toBe('not_found');
    for (let i = 1; i < 20; i++) await add();
    expect((await refusalOf(add())).code).toBe('conflict');
    await printers.remove(printer.id, 'main');
    expect(await printers.list('main')).toHaveLength(19);
  });
});
