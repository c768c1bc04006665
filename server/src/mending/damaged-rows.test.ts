import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { PrinterDraft } from '#contract/printer.ts';
import type { Damage } from '../database/damage.ts';
import { tempService } from '../testing/databases.ts';
import { postgresUrl } from '../testing/postgres-databases.ts';
import { readSnapshot } from '../testing/read-snapshot.ts';
import { ADMIN, command, draft, makeShop, refusalOf, type Shop } from '../testing/shop.ts';
import { ADMIN_TOKEN, type TempService } from '../testing/temp-service.ts';

let temp: TempService;
let shop: Shop;
let order: Order;
beforeEach(async () => {
  temp = await tempService();
  shop = await makeShop(temp.service);
  order = await shop.place({ externalId: 'web-1' });
});
afterEach(() => temp.dispose());

/** What a metrics page that is asked later counts. */
function found(): Pick<Damage, 'row' | 'outcome'>[] {
  const all: Pick<Damage, 'row' | 'outcome'>[] = [];
  temp.service.damage.onDamage(({ row, outcome }) => all.push({ row, outcome } as Damage))();
  return all;
}
const submit = async (one: ReturnType<typeof command>) =>
  (await temp.service.submitCommands(shop.display, [one])).results[0];
const head = async () => (await temp.service.log.head('main')).head;

/** With what the server checks in the background on PostgreSQL, where these tables may be large. */
async function restart(): Promise<void> {
  await temp.restart();
  if (postgresUrl()) await temp.service.checkRows(new AbortController().signal);
}

describe('[C2] a damaged answer to a command', () => {
  let tap: ReturnType<typeof command>;
  let refused: ReturnType<typeof command>;
  beforeEach(async () => {
    tap = command(order, 'set_priority', { priority: true }, temp.clock.now);
    refused = command(order, 'set_status', { from: 'ready', to: 'completed' }, temp.clock.now);
    await submit(tap);
    await submit(refused);
  });

  it.each([
    ['at the start', restart],
    ['when it is read', async () => {}],
  ])('is rebuilt from the log %s', async (_when, start) => {
    await temp.damage(
      `update commands set result = replace(result, 'applied', 'already') where command_id = '${tap.commandId}'`,
    );
    await start();
    expect(await submit(tap)).toEqual({ commandId: tap.commandId, outcome: 'applied', seq: 2, replayed: true });
    expect(found()).toEqual([{ row: 'command answer', outcome: 'rebuilt' }]);
    expect(temp.logged).toEqual(['a damaged command answer in the database: it was rebuilt from the log']);
    expect(await head()).toBe(2);
  });

  it('is rebuilt from the log also if its id is what is damaged', async () => {
    await temp.damage(`update commands set command_id = 'x' || command_id where command_id = '${tap.commandId}'`);
    await restart();
    expect(await submit(tap)).toMatchObject({ outcome: 'applied', replayed: true });
    expect(await head()).toBe(2);
  });

  it('is answered as not done if the log has no change by it', async () => {
    await temp.damage(
      `update commands set result = replace(result, 'rejected', 'applied') where command_id = '${refused.commandId}'`,
    );
    await restart();
    expect(await submit(refused)).toMatchObject({ outcome: 'rejected', code: 'quarantined', replayed: true });
    expect(found()).toEqual([{ row: 'command answer', outcome: 'left_out' }]);
    expect(await head()).toBe(2);
  });
});

describe('a damaged idempotency key', () => {
  it.each(['request', 'answer'])('in its %s: a repeat is refused and not carried out again', async (column) => {
    const idempotency = { key: 'k', request: 'r' };
    const pay = (status: 'paid' | 'failed') =>
      temp.service.orders.setPayment(ADMIN, order.id, { status }, { idempotency });
    await pay('paid');
    await temp.damage(`update idempotency_keys set ${column} = replace(${column}, 'r', 's')`);
    await restart();
    expect(found()).toEqual([{ row: 'idempotency key', outcome: 'left_out' }]);
    expect((await refusalOf(pay('failed'))).code).toBe('conflict');
    expect((await temp.service.orders.get(ADMIN, order.id)).payment.status).toBe('paid');
  });
});

describe('a damaged external id', () => {
  const again = () => temp.service.orders.create(shop.integration, 'main', draft({ externalId: 'web-1' }));

  it.each([
    ['its order, when it is read', `update external_ids set order_id = 'x'`, async () => {}],
    ['its order, at the start', `update external_ids set order_id = 'x'`, restart],
    ['itself', `update external_ids set external_id = 'web-9'`, restart],
  ])('in %s: the same order is not created twice', async (_what, statement, start) => {
    await temp.damage(statement);
    await start();
    expect(await again()).toEqual({ order, created: false });
    expect(found()).toEqual([{ row: 'external id', outcome: 'rebuilt' }]);
  });

  it('whose order the log no longer has is refused', async () => {
    await temp.damage(`delete from orders; delete from changes; update external_ids set order_id = 'x'`);
    await restart();
    expect((await refusalOf(again())).code).toBe('conflict');
    expect(found()).toEqual([{ row: 'external id', outcome: 'left_out' }]);
  });
});

describe('damage to what no other row repeats', () => {
  it('in a store is restored from its second copy', async () => {
    const stores = await temp.service.stores.list();
    await temp.damage(`update stores set settings = replace(settings, '60', '70')`);
    expect(await temp.service.stores.list()).toEqual(stores);
    await temp.restart();
    expect(found()).toEqual([{ row: 'store', outcome: 'rebuilt' }]);
    await temp.damage(`update stores set second_copy = ''`);
    expect(await temp.service.stores.list()).toEqual(stores);
  });

  it('in both copies of a store ends the start', async () => {
    await temp.damage(`update stores set name = 'x', second_copy = ''`);
    await expect(temp.restart()).rejects.toThrow(/settings of the store main are damaged; put a backup/);
  });

  it('in what a store takes is restored from its second copy', async () => {
    const state = await temp.service.availability.patch('main', {
      open: false,
      unavailable: [{ name: 'Lobio', until: null }],
    });
    for (const set of ["state = replace(state, 'Lobio', 'Labio')", "store_id = 'x'", 'checksum = 7']) {
      await temp.damage(`update availability set ${set}`);
      await temp.restart();
      expect(await temp.service.availability.get('main')).toEqual(state);
    }
    expect(found()).toEqual([{ row: 'availability', outcome: 'rebuilt' }]);
    await temp.damage(`update availability set second_copy = ''`);
    expect(await temp.service.availability.get('main')).toEqual(state);
  });

  it('in both copies of what a store takes: it takes everything, and orders still arrive', async () => {
    const { service } = temp;
    const pausedUntil = new Date(temp.clock.now + 60_000).toISOString();
    await service.stores.patch('main', { settings: { autoAccept: '*' } });
    await service.availability.patch('main', { pausedUntil });
    await temp.damage(`update availability set state = '{}', second_copy = ''`);
    expect((await service.availability.get('main')).pausedUntil).toBeNull();
    expect((await shop.place()).status).toBe('preparing');
    expect(found()).toEqual([{ row: 'availability', outcome: 'left_out' }]);
    await service.availability.patch('main', { pausedUntil });
    await temp.damage(`update availability set state = '{}', second_copy = ''`);
    await temp.restart();
    expect(await temp.service.availability.get('main')).toMatchObject({ open: true, pausedUntil: null });
    await temp.service.availability.patch('main', { pausedUntil });
    expect((await temp.service.availability.get('main')).pausedUntil).toBe(pausedUntil);
  });

  it('in a webhook is restored from its second copy; in both copies nothing is sent to it, and it can be deleted', async () => {
    const { webhooks } = temp.service;
    const { secret: _, ...webhook } = await webhooks.create('main', {
      url: 'https://shop.invalid/',
      events: ['escalation'],
      disabled: false,
    });
    for (const set of ["url = 'https://evil.invalid/'", "events = '['", 'checksum = 7']) {
      await temp.damage(`update webhooks set ${set}`);
      await temp.restart();
      expect(await temp.service.webhooks.list('main')).toEqual([webhook]);
    }
    expect(found()).toEqual([{ row: 'webhook', outcome: 'rebuilt' }]);
    await temp.damage(`update webhooks set events = '[', second_copy = ''`);
    await temp.restart();
    expect(found()).toContainEqual({ row: 'webhook', outcome: 'left_out' });
    temp.service.deliverWebhooks();
    await temp.service.lookAtWebhooks();
    expect(temp.service.webhooks.count()).toEqual({ working: 0, failing: 0 });
    expect(await temp.service.webhooks.list('main')).toEqual([{ ...webhook, events: null }]);
    await temp.service.webhooks.remove(webhook.id, null);
    expect(await temp.service.webhooks.list('main')).toEqual([]);
  });

  it('in a source is restored from its second copy; in both copies it takes nothing, and it can be deleted', async () => {
    const { id } = await temp.service.sources.create('main', { kind: 'standard', name: 'Web' }, 'https://o.example');
    const source = await temp.service.sources.get(id, null);
    await temp.damage(`update sources set name = 'Wab'`);
    expect(await temp.service.sources.get(id, null)).toEqual(source);
    await temp.restart();
    expect(found()).toEqual([{ row: 'source', outcome: 'rebuilt' }]);
    await temp.damage(`update sources set name = 'Wab', second_copy = ''`);
    expect((await refusalOf(temp.service.sources.get(id, null))).code).toBe('not_found');
    await temp.service.sources.remove(id, null);
    await temp.restart();
    expect(found()).toEqual([]);
  });

  it('in a printer is restored from its second copy; in both copies it prints nothing, and can be deleted', async () => {
    const { printers } = temp.service;
    const printer = await printers.create('main', PrinterDraft.parse({ name: 'Pass', address: 'pass:9100' }));
    await temp.damage("update printers set address = 'evil:9100'");
    await temp.restart();
    expect(await temp.service.printers.list('main')).toEqual([printer]);
    expect(found()).toEqual([{ row: 'printer', outcome: 'rebuilt' }]);
    await temp.damage("update printers set model = '{', second_copy = ''");
    await temp.restart();
    expect(found()).toContainEqual({ row: 'printer', outcome: 'left_out' });
    expect(await temp.service.printers.list('main')).toEqual([]);
    await temp.service.printers.remove(printer.id, null);
  });

  it('in a device is restored from its second copy, also in its token', async () => {
    const { deviceId: id, token } = await temp.service.access.createDevice('main', { name: 'Bar', role: 'display' });
    await temp.damage(`update devices set token_hash = 'x' || token_hash where id = '${id}'`);
    await temp.restart();
    expect(await temp.service.access.callerOf(token)).toEqual({ role: 'display', id, name: 'Bar', storeId: 'main' });
    expect(found()).toEqual([{ row: 'device', outcome: 'rebuilt' }]);
    await temp.damage(`update devices set name = 'Far', second_copy = '' where id = '${id}'`);
    await temp.restart();
    expect(await temp.service.access.callerOf(token)).toBeNull();
    expect(found()).toEqual([{ row: 'device', outcome: 'left_out' }]);
    await temp.service.access.revokeDevice(id);
  });

  it('in a session: its page asks for the token again', async () => {
    const session = await temp.service.access.openSession(ADMIN, ADMIN_TOKEN);
    await temp.damage(`update sessions set expires_at = replace(expires_at, '21', '22')`);
    expect(await temp.service.access.callerOfSession(session)).toBeNull();
    await temp.restart();
    expect(found()).toEqual([{ row: 'session', outcome: 'left_out' }]);
  });

  it('in a token that was replaced: it is no longer accepted, and the new one is', async () => {
    const { access } = temp.service;
    const before = await access.createDevice('main', { name: 'Bar', role: 'display' });
    const after = await access.rotateToken(ADMIN, before.deviceId);
    await temp.damage(`update former_tokens set device_id = '${shop.display2.id}'`);
    expect(await access.callerOf(before.token)).toBeNull();
    await temp.restart();
    expect(found()).toEqual([{ row: 'former token', outcome: 'left_out' }]);
    expect(await temp.service.access.callerOf(after.token)).toMatchObject({ id: before.deviceId });
  });

  it('in a pairing code: it no longer pairs', async () => {
    const { code } = await temp.service.access.createPairingCode('main');
    await temp.damage(`update pairing_codes set store_id = 'x'`);
    expect((await refusalOf(temp.service.access.redeemPairingCode(code, 'Bar'))).code).toBe('not_found');
  });
});

it.each(['head = 0', 'head = 99', `head_hash = 'x'`, 'min_seq = 2', `store_id = 'x'`])(
  '[S1] the head of a log with damaged %s is taken from its last change, and displays start over',
  async (set) => {
    const { epoch, hash } = await temp.service.log.head('main');
    await temp.damage(`update store_logs set ${set}`);
    await temp.restart();
    expect(found()).toEqual([{ row: 'log', outcome: 'rebuilt' }]);
    expect(await temp.service.log.head('main')).toEqual({ epoch, head: 1, hash });
    expect((await temp.service.log.read('main', { epoch, cursor: 0, hash: null }, 9)).mode).toBe('snapshot');
    expect((await temp.service.orders.create(ADMIN, 'main', draft())).order.seq).toBe(2);
    expect((await readSnapshot(temp.service, 'main')).orders).toHaveLength(2);
  },
);

it('[S7] the believed time that is damaged is taken from the newest change', async () => {
  await temp.damage(`update believed_time set at = '2046-01-01T00:00:00.000Z'`);
  await temp.restart();
  expect(found()).toEqual([{ row: 'believed time', outcome: 'rebuilt' }]);
  const [{ at: stored } = {}] = await temp.run('select at from believed_time');
  expect(stored).toBe(order.createdAt);
});
