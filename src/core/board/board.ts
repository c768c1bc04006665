import { DAY_MS } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import type { Settings } from '#contract/settings.ts';
import { isCalledOff, isOpen, isRinging } from '#contract/status.ts';
import type { Board, BoardPatch, Ticket } from '#contract/ticket.ts';
import type { CommandRow, OrderStore } from '../stores.ts';
import { agesOf } from './ages.ts';
import { isCarriedOver } from './carried-over.ts';
import { marksOf } from './marks-of.ts';
import { overlay } from './overlay.ts';

/** How long closed orders stay in view, and how many at most (contract, `Board`). */
const CLOSED_MS = 60 * 60_000;
const MOST_CLOSED = 50;

export interface BoardOptions {
  cache: OrderStore;
  rowsOf(orderId: string): readonly CommandRow[];
  /** Orders with commands to apply. */
  orderIds(): Iterable<string>;
  ages(): Settings['ages'];
  /** Server time, ms. */
  now(): number;
  /** Name of this display. */
  by(): string;
  /** How long closed orders are kept (S7). */
  windowDays(): number;
  /** Carried-over orders from before this stay off the screen, ms; null: none. */
  carriedOverBefore(): number | null;
}

export type BoardModel = ReturnType<typeof createBoard>;

/**
 * The tickets on screen, in memory: open orders, those called off elsewhere and not yet cleared, recently closed ones, and
 * any with an unanswered command; each with this display's own commands applied (S5).
 */
export function createBoard({ cache, rowsOf, orderIds, ages, now, by, windowDays, carriedOverBefore }: BoardOptions) {
  const tickets = new Map<string, Ticket>();
  const ringing = new Set<string>();
  const closed = new Map<string, number>();
  /** Tickets that changed since the last patch. */
  const dirty = new Set<string>();
  /** Taken off the screen by an end of day. */
  const carriedOver = new Set<string>();
  let localOrder: Order | null = null;
  let crowded = false;
  let loaded = false;
  let reset = false;
  let n = 0;

  function show(orderId: string, ticket: Ticket | null): void {
    dirty.add(orderId);
    const before = carriedOverBefore();
    const off = ticket !== null && before !== null && isCarriedOver(ticket, before);
    if (off) carriedOver.add(orderId);
    else carriedOver.delete(orderId);
    if (!ticket || off) {
      tickets.delete(orderId);
      ringing.delete(orderId);
      closed.delete(orderId);
      return;
    }
    const { order } = ticket;
    tickets.set(orderId, ticket);
    if (isRinging(order)) ringing.add(orderId);
    else ringing.delete(orderId);
    if (isOpen(order.status)) closed.delete(orderId);
    else closed.set(orderId, Date.parse(order.statusSince));
  }

  function ticketOf(confirmed: Order): Ticket {
    const rows = rowsOf(confirmed.id);
    const { order, pending } = rows.length ? overlay(confirmed, rows, by()) : { order: confirmed, pending: false };
    const off = isCalledOff(confirmed.status);
    const seen = off || isOpen(order.status) ? cache.seen(order.id) : undefined;
    return {
      order,
      pending,
      ...agesOf(order, ages()),
      marks: seen && !off ? marksOf(seen, confirmed) : null,
      ended: seen && off ? { from: seen.status } : null,
    };
  }

  /** Removes closed tickets that are too old or too many, and uncleared ones after the display window (S7); not pending ones. */
  function tidyClosed(): void {
    const newest = [...closed].sort(([, a], [, b]) => b - a);
    const oldest = now() - CLOSED_MS;
    const oldestEnded = now() - windowDays() * DAY_MS;
    let kept = 0;
    for (const [orderId, since] of newest) {
      const ticket = tickets.get(orderId);
      if (ticket?.pending || (ticket?.ended && since >= oldestEnded)) continue;
      if (since >= oldest && kept++ < MOST_CLOSED) continue;
      if (since >= oldest) crowded = true;
      show(orderId, null);
    }
    if (!crowded || kept >= MOST_CLOSED) return;
    crowded = false;
    for (const order of cache.closedSince(new Date(oldest).toISOString(), MOST_CLOSED))
      if (!tickets.has(order.id)) show(order.id, ticketOf(order));
  }

  function touch(ids: Iterable<string>): void {
    let tidy = false;
    for (const orderId of ids) {
      const confirmed = cache.get(orderId);
      const was = tickets.get(orderId);
      const ticket = confirmed ? ticketOf(confirmed) : null;
      if (!ticket && !was) continue;
      show(orderId, ticket);
      tidy ||= closed.has(orderId) || (was !== undefined && !isOpen(was.order.status));
    }
    if (tidy) tidyClosed();
  }

  return {
    /** Reads everything from the cache: at the start, and after a snapshot. */
    load(): void {
      for (const orderId of tickets.keys()) dirty.add(orderId);
      tickets.clear();
      ringing.clear();
      closed.clear();
      carriedOver.clear();
      const lately = cache.closedSince(new Date(now() - CLOSED_MS).toISOString(), MOST_CLOSED);
      const own = [...orderIds()].flatMap((id) => cache.get(id) ?? []);
      for (const order of [...cache.open(), ...cache.closedUnseen(), ...lately, ...own])
        show(order.id, ticketOf(order));
      crowded = lately.length === MOST_CLOSED;
      if (localOrder) show(localOrder.id, ticketOf(localOrder));
      tidyClosed();
      loaded = true;
      reset = true;
    },
    /** These orders, or the commands for them, have changed. */
    touch,
    /** Shows an order that only this display has, in place of the last one; null: none. */
    setLocalOrder(order: Order | null): void {
      if (localOrder && localOrder.id !== order?.id) show(localOrder.id, null);
      localOrder = order;
      if (order) show(order.id, ticketOf(order));
    },
    /** Call periodically. */
    tidy: tidyClosed,
    /** The settings that tickets depend on have changed. */
    recomputeAges(): void {
      for (const [orderId, ticket] of tickets) show(orderId, { ...ticket, ...agesOf(ticket.order, ages()) });
    },
    /** An order as this display shows it. */
    ticketOf,
    /** The order as its ticket shows it; undefined without a ticket. */
    onBoard: (orderId: string): Order | undefined => tickets.get(orderId)?.order,
    /** The order as the server last sent it. */
    confirmed: (orderId: string): Order | undefined => cache.get(orderId),
    /** The order as its ticket shows it, else as the cache has it. */
    shown: (orderId: string): Order | undefined => tickets.get(orderId)?.order ?? cache.get(orderId),
    /** How many carried-over orders are off the screen. */
    carriedOver: (): number => carriedOver.size,
    /** A1: ids of the orders that ring, oldest first. */
    ringing: (): string[] => [...ringing].sort((a, b) => ageFrom(a) - ageFrom(b)),
    /** The changes since the last call, as the next patch; null: none. */
    patch(): BoardPatch | null {
      if (!dirty.size) return null;
      const patch: BoardPatch = { n: ++n, upserts: [], removes: [], ...(reset && { reset }) };
      reset = false;
      for (const orderId of dirty) {
        const ticket = tickets.get(orderId);
        if (ticket) patch.upserts.push(ticket);
        else patch.removes.push(orderId);
      }
      dirty.clear();
      return patch;
    },
    /** The whole board as of the last patch. */
    whole: (): Board => ({ n, loaded, tickets: [...tickets.values()] }),
  };

  function ageFrom(orderId: string): number {
    return tickets.get(orderId)?.ageFrom ?? 0;
  }
}
