import { beforeEach, describe, expect, it } from 'vitest';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { SettingsPatch } from '#contract/settings.ts';
import { Store } from '#contract/store.ts';
import { anOrder } from '#test/support/an-order.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness, type TestHarness } from '../testing/test-harness.ts';

const SECOND = 1_000;
const STORE = Store.parse({
  id: 'main',
  name: 'Main kitchen',
  currency: 'GEL',
  timeZone: 'Asia/Tbilisi',
  settings: { displayWindowDays: 8, acknowledgeWithinSeconds: 60 },
  createdAt: '2026-01-01T00:00:00.000Z',
});
const PASS = { id: 'p1', name: 'Pass', address: 'pass:9100' } as NonNullable<SettingsPatch['printers']>[number];

let harness: TestHarness;
let server: TestHarness['server'];
let one: ReturnType<TestHarness['openDisplay']>;

beforeEach(async () => {
  harness = createTestHarness({ sha256 });
  server = harness.server;
  server.setStore(STORE);
  one = harness.openDisplay('t');
  await one.start();
  await harness.pass(SECOND);
});

const setPrinters = async (...printers: object[]) => {
  expect(await one.display.call('changeSettings', { printers })).toMatchObject({ ok: true });
  await harness.pass(SECOND);
};
const { items: ITEMS } = anOrder();
const accept = (id: string) => server.change(id, { status: 'preparing' }, 'order_status_changed');
const placed = async () => {
  const id = server.place({ items: ITEMS });
  await harness.pass(SECOND);
  return id;
};
const numbers = () => one.printers.papers.map((paper) => paper.replace(/^pass:9100 /, ''));
const line = (id: string, heading = '') => {
  const order = one.screen.ticket(id)?.order;
  return `${heading}${order?.number}: ${order?.items.map(({ name }) => name).join(', ')}`;
};
const printer = (): DisplayStatus['printers'][number] | undefined => one.screen.status().printers[0];

describe('[section 14] a printer of the screen', () => {
  it('prints an accepted order once, also after a recall, a restart, a snapshot and an empty cache', async () => {
    await setPrinters(PASS);
    const id = await placed();
    accept(id);
    await harness.pass(SECOND);
    expect(numbers()).toEqual([line(id)]);
    server.change(id, { status: 'ready' }, 'order_status_changed');
    await harness.pass(SECOND);
    accept(id);
    await one.restart();
    server.restore(server.backup(), { newEpoch: true });
    await harness.pass(120 * SECOND);
    one.storage.cache.store.clear();
    one.storage.cache.store.setPosition({ epoch: null, cursor: 0, hash: null });
    await one.restart();
    await harness.pass(60 * SECOND);
    expect(one.screen.ticket(id)?.order.status).toBe('preparing');
    expect(numbers()).toEqual([line(id)]);
  });

  it('prints nothing of before it was set up, and what came while the display was off', async () => {
    const early = await placed();
    accept(early);
    await harness.pass(SECOND);
    await setPrinters(PASS);
    one.network.setCable('cut');
    const id = server.place({ items: ITEMS });
    accept(id);
    await one.restart();
    await harness.pass(60 * SECOND);
    expect(numbers()).toEqual([line(id)]);
  });

  it('prints an accepted order that was ready before its message came', async () => {
    await setPrinters(PASS);
    one.network.setCable('cut');
    const id = server.place({ items: ITEMS });
    accept(id);
    server.change(id, { status: 'ready' }, 'order_status_changed');
    one.network.setCable('whole');
    await harness.pass(60 * SECOND);
    expect(numbers()).toEqual([line(id)]);
  });

  it('prints at the tap that accepts, without a server, and not again when the tap arrives', async () => {
    await setPrinters(PASS);
    const id = await placed();
    one.network.setCable('cut');
    await one.screen.bump(id, 'pending', 'preparing');
    await harness.pass(SECOND);
    expect(numbers()).toEqual([line(id)]);
    one.network.setCable('whole');
    await harness.pass(60 * SECOND);
    expect(server.order(id)?.status).toBe('preparing');
    expect(numbers()).toHaveLength(1);
  });

  it('out of paper is on the screen, and what waits is printed once when there is paper, also after a restart', async () => {
    await setPrinters(PASS);
    one.printers.answer({ kind: 'trouble', trouble: 'out_of_paper', mayBePrinted: false });
    const ids = [await placed(), await placed()];
    for (const id of ids) accept(id);
    await harness.pass(SECOND);
    expect(printer()).toEqual({ id: 'p1', name: 'Pass', trouble: 'out_of_paper', waiting: 2 });
    await one.restart();
    await harness.pass(5 * SECOND);
    expect(printer()).toMatchObject({ trouble: 'out_of_paper', waiting: 2 });
    one.printers.answer({ kind: 'printed' });
    await harness.pass(60 * SECOND);
    expect(numbers()).toEqual(ids.map((id) => line(id)));
    expect(printer()).toMatchObject({ trouble: null, waiting: 0 });
  });

  it('[section 16] prints what was not confirmed once more, marked, and never a third time', async () => {
    await setPrinters(PASS);
    one.printers.answer({ kind: 'trouble', trouble: 'away', mayBePrinted: true });
    const id = await placed();
    accept(id);
    await harness.pass(300 * SECOND);
    expect(numbers()).toEqual([line(id), line(id, 'reprint ')]);
    expect(printer()).toMatchObject({ trouble: null, waiting: 0 });
  });

  it('[section 16] killed while it sends, prints the paper once more, and gives it up when it is killed then', async () => {
    await setPrinters(PASS);
    const id = await placed();
    one.printers.answer('never');
    accept(id);
    await harness.pass(SECOND);
    await one.restart();
    await harness.pass(SECOND);
    one.printers.answer({ kind: 'printed' });
    expect(numbers()).toEqual([]);
    await one.restart();
    await harness.pass(60 * SECOND);
    expect(numbers()).toEqual([]);
    const next = await placed();
    accept(next);
    await harness.pass(SECOND);
    expect(numbers()).toEqual([line(next)]);
  });

  it('a quit while the printer is away makes no reprint of what it never got', async () => {
    await setPrinters(PASS);
    const id = await placed();
    one.printers.answer('never');
    accept(id);
    await harness.pass(SECOND);
    await one.display.close();
    one.printers.answer({ kind: 'printed' });
    await one.restart();
    await harness.pass(60 * SECOND);
    expect(numbers()).toEqual([line(id)]);
  });

  it('prints nothing that its disk cannot remember, says so, and prints when it can', async () => {
    await setPrinters(PASS);
    const id = await placed();
    one.storage.queue.disk.failWrites('full');
    accept(id);
    await harness.pass(20 * SECOND);
    expect(numbers()).toEqual([]);
    expect(one.screen.status().troubles).toContain('disk_full');
    one.storage.queue.disk.failWrites(null);
    await harness.pass(60 * SECOND);
    expect(numbers()).toEqual([line(id)]);
  });

  it('prints by hand what is asked for, a test page too, and not twice while it waits', async () => {
    await setPrinters({ ...PASS, on: [] });
    const id = await placed();
    one.printers.answer({ kind: 'trouble', trouble: 'away', mayBePrinted: false });
    for (const orderId of [id, id, null])
      expect(await one.display.call('printPaper', { printerId: 'p1', orderId })).toMatchObject({ ok: true });
    await harness.pass(SECOND);
    expect(printer()).toMatchObject({ trouble: 'away', waiting: 2 });
    one.printers.answer({ kind: 'printed' });
    await harness.pass(60 * SECOND);
    expect(numbers()).toEqual([line(id), 'test TEST: Pass']);
    await one.display.call('printPaper', { printerId: 'p1', orderId: id });
    await harness.pass(SECOND);
    expect(numbers()).toHaveLength(3);
    for (const input of [
      { printerId: 'p2', orderId: id },
      { printerId: 'p1', orderId: 'nowhere' },
    ])
      expect(await one.display.call('printPaper', input)).toMatchObject({ error: { code: 'not_found' } });
  });

  it('prints neither a cancelled order nor an imported one', async () => {
    await setPrinters(PASS);
    one.printers.answer({ kind: 'trouble', trouble: 'away', mayBePrinted: false });
    const cancelled = await placed();
    accept(cancelled);
    await harness.pass(SECOND);
    server.change(cancelled, { status: 'cancelled', reason: 'guest left' }, 'order_status_changed');
    await harness.pass(70 * SECOND);
    expect(printer()).toMatchObject({ waiting: 0 });
    one.printers.answer({ kind: 'printed' });
    server.change(await placed(), { externalId: 'import:7', status: 'preparing' }, 'order_status_changed');
    await harness.pass(70 * SECOND);
    expect(numbers()).toEqual([]);
  });

  it('prints the items of its station, and nothing for an order without any', async () => {
    server.setStore(
      Store.parse({
        ...STORE,
        settings: { ...STORE.settings, stations: [{ id: 'bar', name: 'Bar', match: { names: ['wine'] } }] },
      }),
    );
    await harness.pass(61 * SECOND);
    await setPrinters({ ...PASS, station: 'bar' });
    const [food, both] = [await placed(), await placed()];
    const wine = ITEMS.map((item) => ({ ...item, id: 'w', name: 'Red wine', station: null }));
    server.change(both, { items: [...ITEMS, ...wine.slice(0, 1)] });
    for (const id of [food, both]) accept(id);
    await harness.pass(SECOND);
    expect(numbers()).toEqual([`${server.order(both)?.number}: Red wine`]);
  });

  it('forgets a printer that is removed, and reports no trouble of it', async () => {
    await setPrinters(PASS);
    one.printers.answer({ kind: 'trouble', trouble: 'away', mayBePrinted: false });
    accept(await placed());
    await harness.pass(SECOND);
    await setPrinters();
    expect(one.screen.status().printers).toEqual([]);
    one.printers.answer({ kind: 'printed' });
    await setPrinters(PASS);
    await harness.pass(60 * SECOND);
    expect(numbers()).toEqual([]);
  });

  it('of a settings file is refused, and an exported file names none: two screens would print the same', async () => {
    await setPrinters(PASS);
    const exported = await one.display.call('exportSettings', null);
    expect(exported).toMatchObject({ ok: true, value: { text: expect.not.stringContaining('pass:9100') } });
    const file = { ticketrail: 'settings', version: 1, settings: { printers: [PASS] } };
    expect(await one.display.call('importSettings', { text: JSON.stringify(file) })).toMatchObject({
      value: { wrong: ['settings.printers'] },
    });
  });
});
