import { decide } from '#contract/decide.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Order } from '#contract/order.ts';
import { isOpen } from '#contract/status.ts';
import type { Position } from '#contract/sync.ts';
import type { Board } from '#contract/ticket.ts';
import type { CacheStore, CommandRow } from '#core/stores.ts';
import type { Oracle } from './oracle.ts';
import type { SimDisplay } from './sim-display.ts';

/** Rule L1's 12 s, repeated here because a mutant changes the product's constant. */
const LIVE_MS = 12_000;

/**
 * Invariants that hold at every moment of a run.
 *
 * @param forgets whether the server's clock was so wrong that closed orders may be missing until the end of the run
 */
export function createChecks(oracle: Oracle, fault: (words: string) => void, forgets: () => boolean) {
  /** The last seen position of each display's cache. */
  const positions = new WeakMap<CacheStore, Position>();

  /** L1: a live display is at a position where the log ended recently. */
  function live(display: SimDisplay, status: DisplayStatus, latency: number): void {
    const at = display.cache()?.position();
    if (status.link.state !== 'live' || !at || display.corrupt) return;
    const since = oracle.sinceHead(at.epoch, at.hash);
    if (since > LIVE_MS + latency)
      fault(`${display.name}: [L1] live at ${at.cursor}, where the log ended ${Math.round(since)} ms ago`);
  }

  /** S3, S4: the cache equals the server's orders at this point of its log, and never goes back within one history. */
  function cache(display: SimDisplay): void {
    const store = display.cache();
    if (!store) return;
    const at = store.position();
    const before = positions.get(store);
    positions.set(store, at);
    if (at.epoch === null) {
      // After damage, or a server's clock that was wrong: what it has stays until the snapshot.
      const altered = store.open().find((order) => !oracle.hasHad(order));
      if (altered) fault(`${display.name}: [S1] shows order ${altered.id} as it never was`);
      return;
    }
    const point = oracle.at(at.hash);
    if (!point || point.seq !== at.cursor) {
      fault(`${display.name}: [S1] stands at ${at.cursor} ${at.hash}, where no log ever was`);
      return;
    }
    if (before?.epoch === at.epoch && before.cursor > at.cursor && oracle.isPast(before.epoch, before.hash))
      fault(`${display.name}: [S4] went back from ${before.cursor} to ${at.cursor}`);
    const shown = [...store.open(), ...store.closedSince('', 10_000)];
    const differs = shown.find((order) => point.orders.get(order.id) !== JSON.stringify(order));
    const kept = new Set(shown.map(({ id }) => id));
    const missing = [...point.orders].filter(([id, body]) => !kept.has(id) && !(forgets() && isClosed(body)));
    if (missing.length === 0 && !differs) display.corrupt = false;
    else if (!display.corrupt)
      fault(`${display.name}: [S3] the cache at ${at.cursor} is not what the server had there`);
  }

  /** S5: the board shows the confirmed orders with the display's own commands applied; A1: the alarm follows it. */
  async function picture(display: SimDisplay): Promise<void> {
    const board = await display.board();
    const status = await display.status();
    const store = display.cache();
    if (!board || !status || !store || display.corrupt || display.faults.queue) return;
    const { epoch, cursor } = store.position();
    // It has dropped its position: answered commands stay applied, but no longer after a restart.
    if (epoch === null) return;
    const rows = Map.groupBy(
      display.rows().filter((row) => applies(display, row, epoch, cursor)),
      (row) => row.orderId,
    );
    const expected = (order: Order): Order => (rows.get(order.id) ?? []).reduce(applyCommand, order);
    compare(display, board, store.open(), expected, rows);
    const unanswered = [...rows.values()].flat().filter((row) => !row.answer).length;
    if (status.queueCount !== unanswered)
      fault(`${display.name}: says ${status.queueCount} wait, on the disk are ${unanswered}`);
    const ringing = board.tickets.flatMap(({ order }) =>
      order.status === 'pending' && order.acknowledgedAt === null ? [order.id] : [],
    );
    if (status.alarm.active !== ringing.length > 0 || status.alarm.orderIds.toSorted().join() !== ringing.sort().join())
      fault(`${display.name}: [A1] rings for ${status.alarm.orderIds.length} orders, ${ringing.length} are not seen`);
  }

  function compare(
    display: SimDisplay,
    board: Board,
    open: Order[],
    expected: (order: Order) => Order,
    rows: Map<string, CommandRow[]>,
  ): void {
    const tickets = new Map(board.tickets.map((ticket) => [ticket.order.id, ticket]));
    for (const confirmed of open) {
      const ticket = tickets.get(confirmed.id);
      const wanted = expected(confirmed);
      if (!ticket && !isOpen(wanted.status)) continue;
      if (line(ticket?.order) !== line(wanted))
        fault(`${display.name}: [S5] shows ${line(ticket?.order)}, should be ${line(wanted)}`);
      const pending = (rows.get(confirmed.id) ?? []).some((row) => !row.answer);
      if (ticket && ticket.pending !== pending) fault(`${display.name}: [S5] pending is ${ticket.pending}`);
    }
    for (const { order } of board.tickets) {
      const confirmed = display.cache()?.get(order.id);
      if (!confirmed && forgets() && !isOpen(order.status)) continue;
      if (!confirmed) fault(`${display.name}: [S5] shows an order that is gone`);
      else if (line(order) !== line(expected(confirmed)))
        fault(`${display.name}: [S5] shows ${line(order)}, should be ${line(expected(confirmed))}`);
    }
  }

  /** S5: whether a command still applies: it is unanswered, or its change has not arrived. */
  function applies(display: SimDisplay, row: CommandRow, epoch: string | null, cursor: number): boolean {
    if (!row.answer) return true;
    if (row.answer.outcome === 'rejected') return false;
    if (row.answer.epoch === epoch) return row.answer.seq > cursor;
    return !display.epochs.has(row.answer.epoch);
  }

  return { live, cache, picture };
}

function applyCommand(order: Order, { intent, issuedAt: at, baseVersion }: CommandRow): Order {
  if (!intent) return order;
  const issuedAt = Date.parse(at);
  const decision = decide(order, intent, { now: issuedAt, issuedAt, baseVersion, by: '' });
  return decision.outcome === 'applied' ? decision.order : order;
}

const isClosed = (body: string): boolean => !isOpen((JSON.parse(body) as Order).status);

/** The visible part of an order. */
function line(order: Order | undefined): string {
  if (!order) return 'nothing';
  const { id, version, status, priority, dueAt, firedCourse, items, payment, note, acknowledgedAt } = order;
  const done = items.map((item) => (item.done ? 'x' : '-')).join('');
  const seen = acknowledgedAt === null ? 'new' : 'seen';
  return [id.slice(-6), version, status, seen, priority, dueAt, firedCourse, done, payment.status, note].join(' ');
}
