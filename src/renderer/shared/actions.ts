import type { Bridge, CallInput, CallName, CallOutput } from '#contract/bridge.ts';
import type { CommandPayload, Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { nextStatus, previousStatus } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { bumpHere, recallHere } from '../stations/bump-here.ts';
import type { Scope } from '../stations/scope.ts';
import type { ToastStore } from '../toasts/toast-store.ts';
import { createUndoOffers } from '../undo/undo-offers.ts';

/** What a person can do on this screen. Nothing changes on it before the following push. */
export interface Actions {
  bump(ticket: Ticket): void;
  /** Starts a new order, and promises it so many minutes after now: two commands. */
  startIn(ticket: Ticket, minutes: number): void;
  recall(ticket: Ticket): void;
  end(ticket: Ticket, to: 'rejected' | 'cancelled', reason: string): void;
  /** Marks the items of one line of a ticket as done or not done. */
  tickItems(ticket: Ticket, itemIds: readonly string[], done: boolean): void;
  /** Sends items to be made at other stations, by their ids. */
  sendTo(ticket: Ticket, items: CommandPayload<'move_items'>['items']): void;
  setPriority(ticket: Ticket, priority: boolean): void;
  /** Moves the promised time to so many minutes after now, or after the promised time if that is later. */
  delay(ticket: Ticket, minutes: number): void;
  setPaid(ticket: Ticket, paid: boolean): void;
  /** Fires the courses up to this one; an order that is ready goes back to preparing. */
  fireCourse(ticket: Ticket, course: number): void;
  /** Takes the order's next step even if a course is still held. */
  finish(ticket: Ticket): void;
  /** Undoes the last tap that can still be undone. */
  undo(): void;
  /** Retires the undo of orders that have moved on. */
  followBoard(tickets: ReadonlyMap<string, Ticket>): void;
  /** Clears the marks of changes to the order; a called-off order leaves the board. */
  seenMarks(ticket: Ticket): void;
  /** Any call of the bridge. A failure shows as a toast and resolves to undefined. */
  ask<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K> | undefined>;
  /** Any call of the bridge. Null on failure, which the caller shows. */
  read<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K> | null>;
  /** Any call of the bridge, with its error. */
  call: Bridge['call'];
}

export interface ActionsOptions {
  bridge: Bridge;
  toasts: ToastStore;
  /** At a station a bump ticks off that station's items. */
  scope(): Scope;
  /** Server time, ms. */
  now(): number;
  /** How long an undo is offered; 0: never. */
  undoSeconds(): number;
}

export function createActions({ bridge, toasts, scope, ...page }: ActionsOptions): Actions {
  /** Tickets whose step was tapped: until a push replaces the ticket, a second tap counts as the same one. */
  const stepped = new WeakSet<Ticket>();

  async function ask<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K> | undefined> {
    const result = await bridge.call(name, input);
    if (result.ok) return result.value;
    const { code } = result.error;
    toasts.show({ id: `failed ${code}`, kind: 'error', text: `failed.${code}`, params: {} });
    return undefined;
  }

  async function undo(id: number, { number }: Order): Promise<void> {
    const result = await bridge.call('undo', { id });
    if (result.ok) return;
    const { code } = result.error;
    const movedOn = code === 'not_allowed' || code === 'not_found';
    toasts.show(
      movedOn
        ? { id: `moved on ${id}`, kind: 'info', text: 'undo.movedOn', params: { number } }
        : { id: `failed ${code}`, kind: 'error', text: `failed.${code}`, params: {} },
    );
  }
  const undos = createUndoOffers({ toasts, seconds: page.undoSeconds, take: (id, order) => void undo(id, order) });

  /** False when the command was not queued. */
  async function send({ order }: Ticket, intent: Intent): Promise<boolean> {
    const tapped = await ask('command', { orderId: order.id, intent });
    if (tapped) undos.offer(tapped.undo, order, intent);
    return tapped !== undefined;
  }

  async function sendOnce(ticket: Ticket, intent: Intent): Promise<boolean> {
    if (stepped.has(ticket)) return false;
    stepped.add(ticket);
    const sent = await send(ticket, intent);
    if (!sent) stepped.delete(ticket);
    return sent;
  }

  async function step(ticket: Ticket, to: ReturnType<typeof nextStatus>): Promise<void> {
    if (to) await sendOnce(ticket, { type: 'set_status', payload: { from: ticket.order.status, to } });
  }

  async function fireCourse(ticket: Ticket, course: number): Promise<void> {
    await sendOnce(ticket, { type: 'fire_course', payload: { course } });
  }

  async function tick(ticket: Ticket, itemIds: string[], done: boolean): Promise<void> {
    if (itemIds.length === 0 || stepped.has(ticket)) return;
    stepped.add(ticket);
    const tapped = await ask('tickItems', { orderId: ticket.order.id, itemIds, done });
    if (!tapped) return void stepped.delete(ticket);
    const [itemId = '', ...more] = itemIds;
    const one = more.length === 0 ? ({ type: 'set_item_done', payload: { itemId, done } } as const) : null;
    undos.offer(tapped.undo, ticket.order, one);
  }

  /** An order that cannot be started is not promised either. */
  async function startIn(ticket: Ticket, minutes: number): Promise<void> {
    const dueAt = new Date(page.now() + minutes * 60_000).toISOString();
    const started = await sendOnce(ticket, { type: 'set_status', payload: { from: 'pending', to: 'preparing' } });
    if (started) await send(ticket, { type: 'set_due', payload: { dueAt } });
  }

  /** Several equal items are called by the name of the first. */
  async function tickLine(ticket: Ticket, itemIds: readonly string[], done: boolean): Promise<void> {
    const [itemId = ''] = itemIds;
    const first: Intent = { type: 'set_item_done', payload: { itemId, done } };
    if (itemIds.length === 1) return void send(ticket, first);
    const tapped = await ask('tickItems', { orderId: ticket.order.id, itemIds: [...itemIds], done });
    if (tapped) undos.offer(tapped.undo, ticket.order, first);
  }

  return {
    bump(ticket) {
      const { order } = ticket;
      const here = bumpHere(order, scope());
      if (here.does === 'step') void step(ticket, nextStatus(order.status, order.fulfilment));
      else if (here.does === 'tick') void tick(ticket, here.itemIds, true);
      else if (here.does === 'fire') void fireCourse(ticket, here.course);
      else
        toasts.show({ id: `held ${order.id}`, kind: 'warning', text: 'expo.held', params: { number: order.number } });
    },
    finish: (ticket) => void step(ticket, nextStatus(ticket.order.status, ticket.order.fulfilment)),
    startIn: (ticket, minutes) => void startIn(ticket, minutes),
    recall(ticket) {
      const { order } = ticket;
      const items = recallHere(order, scope());
      if (items) void tick(ticket, items, false);
      else void step(ticket, previousStatus(order.status, order.fulfilment));
    },
    end: (ticket, to, reason) =>
      void send(ticket, { type: 'set_status', payload: { from: ticket.order.status, to, reason } }),
    tickItems: (ticket, itemIds, done) => void tickLine(ticket, itemIds, done),
    sendTo: (ticket, items) => void send(ticket, { type: 'move_items', payload: { items } }),
    setPriority: (ticket, priority) => void send(ticket, { type: 'set_priority', payload: { priority } }),
    delay(ticket, minutes) {
      const from = Math.max(page.now(), Date.parse(ticket.order.dueAt ?? '') || 0);
      const dueAt = new Date(from + minutes * 60_000).toISOString();
      void send(ticket, { type: 'set_due', payload: { dueAt } });
    },
    setPaid: (ticket, paid) =>
      void send(ticket, { type: 'set_payment', payload: { status: paid ? 'paid' : 'unpaid' } }),
    fireCourse: (ticket, course) => void fireCourse(ticket, course),
    undo: undos.takeLast,
    followBoard: undos.follow,
    seenMarks: ({ order: { id, version } }) => void ask('seenMarks', { orderId: id, version }),
    ask,
    async read(name, input) {
      const result = await bridge.call(name, input);
      return result.ok ? result.value : null;
    },
    call: bridge.call,
  };
}
