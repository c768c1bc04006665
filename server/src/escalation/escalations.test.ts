import { describe, expect, it } from 'vitest';
import { ESCALATION_KINDS, type Escalation, type EscalationKind } from '#contract/admin.ts';
import type { Write } from '../database/write-queue.ts';
import { DATABASES } from '../testing/databases.ts';
import { lossyTerm } from '../testing/lossy-term.ts';
import { ADMIN, command, draft, makeShop, type Shop } from '../testing/shop.ts';
import type { TempOptions, TempService } from '../testing/temp-service.ts';
import { followEscalations } from './follow-escalations.ts';

const SECOND = 1_000;
/** 0 for the other kinds. */
const counts = (some: Partial<Record<EscalationKind, number>>) => ({
  ...Object.fromEntries(ESCALATION_KINDS.map((kind) => [kind, 0])),
  ...some,
});

describe.each(DATABASES)('escalations on $database', ({ start }) => {
  /** Finds changes of escalations since the last call. */
  let look = async () => {};

  /** A shop with a live display that keeps up by default; `received` is every event. */
  async function opened(options?: TempOptions) {
    const temp = await start(options);
    const shop = await makeShop(temp.service);
    const received: Escalation[] = [];
    const escalations = {
      unresolved: () => temp.service.escalations.unresolved(),
      find: (ids: readonly string[]) => temp.service.escalations.find(ids),
    };
    look = followEscalations(escalations, (escalation) => received.push(escalation));
    await look();
    return { temp, shop, received };
  }
  /** Lets time pass second by second, as on a running server. */
  async function pass(temp: TempService, seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i++) {
      temp.clock.now += SECOND;
      await temp.service.escalate();
      await look();
    }
  }
  const atHead = async ({ service }: TempService, shop: Shop) =>
    service.receipts.onDisk(shop.display, (await service.log.head(shop.id)).head);
  /** An order that nobody has seen, whose escalation was stored by a COMMIT that has lost its answer. */
  async function unanswered() {
    const { temp, shop, received } = await opened();
    const { service } = temp;
    const isRaised = async ({ tx }: Write) => (await tx.selectFrom('escalations').selectAll().execute()).length > 0;
    service.monitorOrders(await lossyTerm(service.leases, 'unanswered', isRaised));
    service.receipts.connected(shop.display);
    const order = await shop.place();
    await atHead(temp, shop);
    await pass(temp, 59);
    await expect(pass(temp, 2)).rejects.toMatchObject({ fault: 'unknown' });
    return { temp, service, received, order };
  }
  const list = async ({ service }: TempService, over = {}) =>
    (await service.escalations.list({ storeId: 'main', limit: 50, ...over })).escalations;
  const kinds = async (temp: TempService, over = {}) =>
    (await list(temp, over)).map(({ kind, resolvedAt }) => `${kind}${resolvedAt === null ? '' : ', resolved'}`).sort();

  it('also concern an order that another program has written, such as an import', async () => {
    const { temp, shop, received } = await opened({ shared: true });
    temp.service.receipts.connected(shop.display);
    const other = await temp.open();
    const { order } = await other.orders.create(ADMIN, shop.id, draft());
    await shop.place({ status: 'completed' });
    await pass(temp, 75);
    expect(received.map(({ kind, orderId }) => `${kind} ${orderId}`).sort()).toEqual([
      `unacknowledged ${order.id}`,
      `undelivered ${order.id}`,
    ]);
    await other.orders.setStatus(ADMIN, order.id, 'preparing', {});
    await atHead(temp, shop);
    await pass(temp, 1);
    expect(await list(temp, { open: true })).toEqual([]);
  });

  describe('an order that nobody acknowledges', () => {
    it('is escalated once, after its store’s limit, and resolved when somebody does', async () => {
      const { temp, shop, received } = await opened();
      temp.service.receipts.connected(shop.display);
      const order = await shop.place();
      await atHead(temp, shop);
      await pass(temp, 59);
      expect(received).toEqual([]);
      await pass(temp, 2);
      expect(received).toMatchObject([
        { kind: 'unacknowledged', storeId: 'main', orderId: order.id, orderNumber: order.number, resolvedAt: null },
      ]);
      expect(temp.service.escalations.open()).toEqual(counts({ unacknowledged: 1 }));
      expect(temp.logged).toContain(`Order ${order.number}: nobody has acknowledged it.`);
      await pass(temp, 200);
      expect(received).toHaveLength(1);

      const intent = command(order, 'acknowledge', {}, temp.clock.now);
      await temp.service.submitCommands(shop.display, [intent]);
      await pass(temp, 1);
      expect(received).toHaveLength(2);
      expect(received[1]).toEqual({ ...received[0], resolvedAt: new Date(temp.clock.now).toISOString() });
      expect(await list(temp)).toEqual([received[1]]);
      expect(temp.service.escalations.open().unacknowledged).toBe(0);
    });

    it('is resolved also if the database ended while its escalation was stored', async () => {
      const { temp, service, received, order } = await unanswered();
      await pass(temp, 2);
      expect(service.escalations.open()).toEqual(counts({ unacknowledged: 1 }));
      await service.orders.setStatus(ADMIN, order.id, 'preparing', {});
      await pass(temp, 1);
      expect(await kinds(temp)).toEqual(['unacknowledged, resolved']);
      expect(received).toHaveLength(2);
    });

    it('is resolved also if somebody acknowledged it before the database was back', async () => {
      const { temp, service, order } = await unanswered();
      await service.orders.setStatus(ADMIN, order.id, 'preparing', {});
      await pass(temp, 1);
      expect(await kinds(temp)).toEqual(['unacknowledged, resolved']);
    });

    it.each([10, 300])('is escalated after the %d s that its store sets', async (acknowledgeWithinSeconds) => {
      const { temp, shop, received } = await opened();
      await temp.service.stores.patch('main', { settings: { acknowledgeWithinSeconds } });
      temp.service.receipts.connected(shop.display);
      await shop.place();
      await atHead(temp, shop);
      await pass(temp, acknowledgeWithinSeconds - 1);
      expect(received).toEqual([]);
      await pass(temp, 2);
      expect(received.map(({ kind }) => kind)).toEqual(['unacknowledged']);
    });

    it.each([
      ['acknowledged', 'acknowledge', {}],
      ['bumped', 'set_status', { from: 'pending', to: 'preparing' }],
      ['rejected', 'set_status', { from: 'pending', to: 'rejected', reason: 'no cheese' }],
    ] as const)('is not escalated when it was %s in time', async (_, type, payload) => {
      const { temp, shop, received } = await opened();
      temp.service.receipts.connected(shop.display);
      const order = await shop.place();
      await atHead(temp, shop);
      await pass(temp, 50);
      await temp.service.submitCommands(shop.display, [command(order, type, payload as never, temp.clock.now)]);
      await pass(temp, 60);
      expect(received).toEqual([]);
    });

    it('is not escalated if it arrived in preparation or is deleted', async () => {
      const { temp, shop, received } = await opened();
      temp.service.receipts.connected(shop.display);
      await shop.place({ status: 'preparing' });
      const { id } = await shop.place();
      await temp.service.orders.remove(ADMIN, id, {});
      await atHead(temp, shop);
      await pass(temp, 100);
      expect(received).toEqual([]);
    });
  });

  describe('an order that no display has stored', () => {
    it('is escalated after 70 s, and resolved when a display has it', async () => {
      const { temp, shop, received } = await opened();
      temp.service.receipts.connected(shop.display);
      await shop.place({ status: 'preparing' });
      await pass(temp, 69);
      expect(received).toEqual([]);
      await pass(temp, 2);
      expect(received.map(({ kind }) => kind)).toEqual(['undelivered']);
      await atHead(temp, shop);
      await pass(temp, 1);
      expect(await kinds(temp)).toEqual(['undelivered, resolved']);
    });

    it('is not escalated if one display has it, not counting other stores or displays that start over', async () => {
      const { temp, shop, received } = await opened();
      const other = await makeShop(temp.service, 'other');
      for (const display of [shop.display, other.display]) temp.service.receipts.connected(display);
      await shop.place({ status: 'preparing' });
      temp.service.receipts.onDisk(other.display, 99);
      temp.service.receipts.onDisk(shop.display, 1);
      temp.service.receipts.onDisk(shop.display, null);
      await pass(temp, 71);
      expect(received.map(({ kind, storeId }) => [kind, storeId])).toEqual([['undelivered', 'main']]);
      await shop.place({ status: 'preparing' });
      temp.service.receipts.onDisk(shop.display2, 2);
      await pass(temp, 100);
      expect(received.map(({ resolvedAt }) => resolvedAt === null)).toEqual([true, false]);
    });

    it('is escalated if the display that had it is revoked', async () => {
      const { temp, shop, received } = await opened();
      temp.service.receipts.connected(shop.display2);
      await shop.place({ status: 'preparing' });
      await atHead(temp, shop);
      await temp.service.access.revokeDevice(shop.display.id);
      await pass(temp, 71);
      // What the display had stored is forgotten a moment after the answer.
      await expect.poll(() => pass(temp, 1).then(() => received.map(({ kind }) => kind))).toEqual(['undelivered']);
    });

    it('is resolved once it is closed', async () => {
      const { temp, shop, received } = await opened();
      temp.service.receipts.connected(shop.display);
      const { id } = await shop.place({ status: 'preparing' });
      await pass(temp, 71);
      await temp.service.orders.setStatus(ADMIN, id, 'cancelled', { reason: 'gone' });
      await pass(temp, 1);
      expect(received.map(({ resolvedAt }) => resolvedAt === null)).toEqual([true, false]);
    });
  });

  describe('a store without a live display while orders arrive', () => {
    it('is escalated once for the whole time, and resolved when a display is live', async () => {
      const { temp, shop, received } = await opened();
      await pass(temp, 300);
      expect(received).toEqual([]);
      const first = await shop.place({ status: 'completed' });
      await pass(temp, 1);
      await shop.place({ status: 'completed' });
      await pass(temp, 100);
      expect(received).toMatchObject([{ kind: 'no_display', orderId: first.id, resolvedAt: null }]);
      const leave = temp.service.receipts.connected(shop.display);
      await pass(temp, 1);
      expect(await kinds(temp)).toEqual(['no_display, resolved']);
      leave();
      const again = await shop.place({ status: 'completed' });
      await pass(temp, 69);
      expect(received).toHaveLength(2);
      await pass(temp, 2);
      expect(received.at(-1)).toMatchObject({ kind: 'no_display', orderId: again.id });
    });

    it('is not escalated if its display is briefly away, or polls', async () => {
      const { temp, shop, received } = await opened();
      const place = () => shop.place({ status: 'completed' });
      temp.service.receipts.connected(shop.display)();
      await place();
      await pass(temp, 60);
      temp.service.receipts.connected(shop.display2)();
      await pass(temp, 60);
      for (let poll = 0; poll < 10; poll++) {
        temp.service.receipts.polled(shop.display, 0);
        await place();
        await pass(temp, 30);
      }
      expect(temp.service.receipts.presence('main').displays.map(({ name }) => name)).toEqual(['Kitchen']);
      expect(received).toEqual([]);
      await pass(temp, 45);
      expect(temp.service.receipts.presence('main').displays).toEqual([]);
    });
  });

  describe('a restart', () => {
    it('raises what became due meanwhile, and nothing twice', async () => {
      const { temp, shop } = await opened();
      await shop.place();
      await pass(temp, 30);
      await temp.restart();
      await pass(temp, 29);
      expect(await list(temp)).toEqual([]);
      await pass(temp, 2);
      expect(await kinds(temp)).toEqual(['unacknowledged']);
      temp.clock.now += 3_600 * SECOND;
      await temp.restart();
      await pass(temp, 100);
      expect(await kinds(temp)).toEqual(['unacknowledged', 'undelivered']);
      await temp.restart();
      await pass(temp, 100);
      expect(await kinds(temp)).toEqual(['unacknowledged', 'undelivered']);
    });

    it('keeps the displays’ cursors, and resolves what no longer holds', async () => {
      const { temp, shop } = await opened();
      const order = await shop.place();
      const later = await shop.place({ status: 'preparing' });
      await pass(temp, 100);
      const all = ['no_display', 'unacknowledged', 'undelivered', 'undelivered'];
      expect(await kinds(temp, { open: true })).toEqual(all);
      temp.service.receipts.onDisk(shop.display, order.seq);
      await temp.restart();
      await pass(temp, 1);
      expect((await list(temp, { open: true })).map(({ kind, orderId }) => [kind, orderId])).toEqual(
        expect.arrayContaining([['undelivered', later.id]]),
      );
      expect(await kinds(temp, { open: true })).toEqual(['no_display', 'unacknowledged', 'undelivered']);
      await temp.service.orders.remove(ADMIN, order.id, {});
      await temp.service.orders.remove(ADMIN, later.id, {});
      await temp.restart();
      temp.service.receipts.connected(shop.display);
      await pass(temp, 1);
      expect(await kinds(temp, { open: true })).toEqual([]);
      expect(await list(temp, { orderId: later.id })).toHaveLength(1);
    });

    it('deletes an escalation with the history of its order, not before', async () => {
      const { temp, shop } = await opened();
      temp.service.receipts.connected(shop.display);
      const order = await shop.place();
      await pass(temp, 71);
      expect(await kinds(temp)).toEqual(['unacknowledged', 'undelivered']);
      temp.clock.now += 500 * 86_400 * SECOND;
      expect((await temp.service.clean()).escalations).toBe(0);
      await temp.service.orders.setStatus(ADMIN, order.id, 'cancelled', { reason: 'old' });
      temp.clock.now += 401 * 86_400 * SECOND;
      expect((await temp.service.clean()).escalations).toBe(2);
    });
  });

  describe('a clock that jumps by years', () => {
    for (const years of [-30, 30])
      it(`${years} years: orders are escalated as usual`, async () => {
        const { temp, shop, received } = await opened();
        temp.service.receipts.connected(shop.display);
        await shop.place();
        await atHead(temp, shop);
        await pass(temp, 30);
        const jump = years * 365 * 86_400 * SECOND;
        temp.clock.now += jump;
        temp.clock.ahead += jump;
        await pass(temp, 29);
        expect(received).toEqual([]);
        await pass(temp, 2);
        expect(received.map(({ kind }) => kind)).toEqual(['unacknowledged']);
      });
  });

  it('escalates an unseen rush completely, in portions', async () => {
    const { temp, shop, received } = await opened();
    temp.service.receipts.connected(shop.display);
    await Promise.all(Array.from({ length: 450 }, () => shop.place()));
    await atHead(temp, shop);
    await pass(temp, 60);
    expect(received.length).toBeLessThanOrEqual(200);
    await pass(temp, 3);
    expect(new Set(received.map(({ orderId }) => orderId)).size).toBe(450);
    expect(temp.service.escalations.open()).toEqual(counts({ unacknowledged: 450 }));
  });

  it('lists escalations page by page, newest first', async () => {
    const { temp, shop } = await opened();
    temp.service.receipts.connected(shop.display);
    for (let i = 0; i < 5; i++) await shop.place();
    await atHead(temp, shop);
    await pass(temp, 61);
    const all = await list(temp);
    const first = await temp.service.escalations.list({ storeId: 'main', limit: 3 });
    const second = await temp.service.escalations.list({ storeId: 'main', limit: 3, before: first.nextBefore ?? '' });
    expect([...first.escalations, ...second.escalations]).toEqual(all);
    expect([all.length, second.nextBefore]).toEqual([5, null]);
  });
});
