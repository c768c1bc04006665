import type { CallInput, CallOutput } from '#contract/bridge.ts';
import type { Intent } from '#contract/command.ts';
import { decide } from '#contract/decide.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { FailedCommand } from '#contract/failed-command.ts';
import type { FigureRange } from '#contract/figures.ts';
import type { Notice } from '#contract/notice.ts';
import type { Order } from '#contract/order.ts';
import { passes } from '#contract/order-filter.ts';
import { searchedFor, searchText } from '#contract/search-text.ts';
import { isOpen } from '#contract/status.ts';
import type { BoardPatch, Ticket } from '#contract/ticket.ts';
import { demoFigures } from './demo-figures.ts';
import { DINNER_SERVICE, orderOf, type Sketch } from './dinner-service.ts';
import type { Scene } from './scene.ts';

/** As if somebody had changed every other order behind the kitchen's back. */
function marksIn({ number, status, items: [first, second] }: Order): Ticket['marks'] {
  if (status !== 'preparing' || !first || Number(number) % 2 !== 0) return null;
  return {
    added: [{ itemId: first.id, quantity: first.quantity }],
    changed: second ? [second.id] : [],
    removed: [{ name: 'Tarragon lemonade', station: null, quantity: 2 }],
    fields: ['note', 'dueAt'],
  };
}

type Push = (name: 'board' | 'status' | 'notice', payload: BoardPatch | DisplayStatus | Notice) => void;
const WARNING_MS = 5 * 60_000;
const LATE_MS = 10 * 60_000;

/** A party that orders one of everything. */
const LARGE = (items: number): Sketch => ({
  number: '131',
  status: 'preparing',
  fulfilment: 'dine_in',
  minutes: 0.2,
  source: 'Till 1',
  table: '20',
  note: 'Bring the bread first',
  items: Array.from({ length: items }, (_, i) => [i + 1, `Dish number ${i} with a name that takes its time`]),
});

/** A small stand-in for the core: orders in memory, decided by the contract's own function, pushed as the core pushes. */
export function createDemoCore(scene: Scene, push: Push) {
  const start = Date.now();
  const orders = new Map<string, Order>();
  const waiting = new Set<string>();
  let settings = scene.settings;
  let failedCommands: FailedCommand[] = [];
  let n = 1;
  for (let i = 0; i < scene.count; i++) {
    const sketch = DINNER_SERVICE[i % DINNER_SERVICE.length] as Sketch;
    const order = orderOf({ ...sketch, number: i < DINNER_SERVICE.length ? sketch.number : String(200 + i) }, i, start);
    if (scene.seen) order.acknowledgedAt ??= order.placedAt;
    orders.set(order.id, order);
    if (sketch.waiting && scene.link.state !== 'live') waiting.add(order.id);
  }
  if (scene.big > 0) {
    const order = orderOf(LARGE(scene.big), orders.size, start);
    orders.set(order.id, order);
  }
  const first = orders.values().next().value;
  if (scene.failedCommands && first)
    failedCommands = [
      {
        id: 'a1',
        orderId: first.id,
        orderNumber: '105',
        commandType: 'set_status',
        payload: { from: 'preparing', to: 'ready' },
        code: 'order_cancelled',
        message: '',
        issuedAt: start,
        at: start,
        order: { ...first, status: 'cancelled' },
      },
    ];

  function ticketOf(order: Order): Ticket {
    const due = order.dueAt === null ? null : Date.parse(order.dueAt);
    const ageFrom = due ?? Date.parse(order.placedAt);
    const bands =
      due === null
        ? { warningAt: ageFrom + WARNING_MS, lateAt: ageFrom + LATE_MS }
        : { warningAt: due - (LATE_MS - WARNING_MS), lateAt: due };
    const ages = isOpen(order.status) ? bands : { warningAt: null, lateAt: null };
    return {
      order,
      pending: waiting.has(order.id),
      ageFrom,
      ...ages,
      marks: scene.changed ? marksIn(order) : null,
      ended: null,
    };
  }

  function status(): DisplayStatus {
    const unseen = [...orders.values()].filter((o) => o.status === 'pending' && !o.acknowledgedAt).map((o) => o.id);
    return {
      setup: scene.setup,
      serverUrl: 'http://127.0.0.1:4310',
      deviceName: 'Pass',
      store:
        scene.setup === 'needed'
          ? null
          : { id: 'main', name: 'Sakhli · Main kitchen', currency: 'GEL', timeZone: 'Asia/Tbilisi' },
      link: scene.link.state === 'live' ? { ...scene.link, lastWordAt: Date.now() - (Date.now() % 5_000) } : scene.link,
      serverNow: Date.now(),
      queueCount: waiting.size,
      queueSince: waiting.size ? start : null,
      failedCommands,
      failedCommandCount: failedCommands.length,
      troubles: scene.troubles,
      mutedUntil: null,
      desktop: null,
      alarm: { active: unseen.length > 0, orderIds: unseen },
      stats: demoFigures('today', scene.link).stats,
      settings,
      pin: { set: false, unlocked: true },
      clockAheadMs: 0,
      carriedOver: null,
    };
  }

  function changed(order: Order): void {
    orders.set(order.id, order);
    push('board', { n: ++n, upserts: [ticketOf(order)], removes: [] });
    push('status', status());
  }

  return {
    status,
    figures: (range: FigureRange) => demoFigures(range, scene.link),
    board: () => ({ n, loaded: scene.loaded, tickets: scene.loaded ? [...orders.values()].map(ticketOf) : [] }),
    command(orderId: string, intent: Intent) {
      const order = orders.get(orderId);
      const now = Date.now();
      const decision = decide(order, intent, { now, issuedAt: now, baseVersion: order?.version ?? 0, by: 'Pass' });
      if (decision.outcome !== 'applied') return;
      if (scene.link.state !== 'live') waiting.add(orderId);
      changed(decision.order);
    },
    acknowledgeAll() {
      for (const order of [...orders.values()])
        if (order.status === 'pending' && !order.acknowledgedAt)
          changed({ ...order, acknowledgedAt: new Date().toISOString() });
    },
    search({ from, q, filter }: CallInput<'searchOrders'>): CallOutput<'searchOrders'> {
      const texts = searchedFor(q);
      const tickets = [...orders.values()]
        .map(ticketOf)
        .filter(({ order, lateAt }) => passes(order, filter, lateAt, Date.now()))
        .filter(({ order }) => texts.some((text) => searchText(order).includes(text)));
      return { tickets, days: from === 'copy' ? 8 : null, nextBefore: null };
    },
    story(orderId: string): CallOutput<'getOrderStory'> {
      const order = orders.get(orderId);
      const by = { role: 'integration', name: 'Web shop' } as const;
      const placed = { what: 'placed', source: order?.source ?? null, status: 'pending' } as const;
      const events = order ? [{ at: Date.parse(order.placedAt), by, reason: null, facts: [placed] }] : [];
      return { ticket: order ? ticketOf(order) : null, story: { events, refused: [], waiting: [], since: null } };
    },
    dismissFailedCommand(id: string) {
      failedCommands = failedCommands.filter((item) => item.id !== id);
      push('status', status());
    },
    changeSettings(patch: Partial<DisplayStatus['settings']>) {
      settings = { ...settings, ...patch };
      push('status', status());
      return settings;
    },
    /** From elsewhere: what a customer or another screen does. */
    elsewhere: changed,
    orders,
    place(sketch: Sketch) {
      changed(orderOf(sketch, orders.size, Date.now()));
    },
  };
}
export type DemoCore = ReturnType<typeof createDemoCore>;
