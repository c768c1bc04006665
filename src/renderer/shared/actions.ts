import type { Bridge, BridgeError, CallInput, CallName, CallOutput } from '#contract/bridge.ts';
import type { Intent } from '#contract/command.ts';
import type { Result } from '#contract/errors.ts';
import type { Item } from '#contract/order.ts';
import type { SettingsPatch } from '#contract/settings.ts';
import { nextStatus, previousStatus } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { bumpHere, recallHere } from '../stations/bump-here.ts';
import type { Scope } from '../stations/scope.ts';
import type { ToastStore } from '../toasts/toast-store.ts';
import { createUndoOffers } from '../undo/undo-offers.ts';

type Reading =
  | 'searchOrders'
  | 'getOrderStory'
  | 'getHistory'
  | 'getPathFigures'
  | 'exportHistory'
  | 'getQueue'
  | 'getFigures'
  | 'getDefaultSettings';

type Asking =
  | 'exportSettings'
  | 'importSettings'
  | 'setPin'
  | 'unlock'
  | 'lock'
  | 'testOrder'
  | 'exportDiagnosis'
  | 'showCarriedOver'
  | 'dismissCarriedOver';

/** Everything a person can do here. Nothing changes on the screen but by the push that follows. */
export interface Actions {
  bump(ticket: Ticket): void;
  recall(ticket: Ticket): void;
  end(ticket: Ticket, to: 'rejected' | 'cancelled', reason: string): void;
  toggleItem(ticket: Ticket, item: Item): void;
  setPriority(ticket: Ticket, priority: boolean): void;
  /** Promises it later: so many minutes from now, or from when it was promised, whichever is later. */
  delay(ticket: Ticket, minutes: number): void;
  setPaid(ticket: Ticket, paid: boolean): void;
  fireCourse(ticket: Ticket, course: number): void;
  /** Takes back the last tap that can still be taken back. */
  undo(): void;
  /** What was changed in the order has been seen, or that it was called off: then it leaves the rail. */
  seenMarks(ticket: Ticket): void;
  acknowledgeAll(): void;
  refresh(): void;
  /** This display makes no sound for so many minutes; 0: it rings again. */
  mute(minutes: number): void;
  dismissFailedCommand(id: string): void;
  retryCommand(id: string, as: 'same' | 'cancel'): void;
  dismissTrouble(trouble: CallInput<'dismissTrouble'>['trouble']): void;
  /** False when it was not taken, which a toast says. */
  changeSettings(patch: SettingsPatch): Promise<boolean>;
  /** Does something and says what came of it; undefined when it could not be done, which a toast says. */
  ask<K extends Asking>(name: K, input: CallInput<K>): Promise<CallOutput<K> | undefined>;
  /** Looks something up; null when it could not be had, which who asked must say. */
  read<K extends Reading>(name: K, input: CallInput<K>): Promise<CallOutput<K> | null>;
  /** These two tell their failure to who asked, for the form to show. */
  connectWithToken(input: CallInput<'connectWithToken'>): Promise<BridgeError | null>;
  connectWithCode(input: CallInput<'connectWithCode'>): Promise<BridgeError | null>;
}

export interface ActionsOptions {
  bridge: Bridge;
  toasts: ToastStore;
  /** Whose work this page shows now: at a station a bump ticks that station's items off. */
  scope(): Scope;
  /** Server time, ms. */
  now(): number;
  /** How long a tap can be taken back; 0: not at all. */
  undoSeconds(): number;
}

export function createActions({ bridge, toasts, scope, ...page }: ActionsOptions): Actions {
  /** Tickets whose step was tapped as they are: until a push replaces them, tapping again is the same tap. */
  const stepped = new WeakSet<Ticket>();

  async function call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K> | undefined> {
    const result = await bridge.call(name, input);
    if (result.ok) return result.value;
    const code: BridgeError = result.error.code;
    toasts.show({ id: `failed ${code}`, kind: 'error', text: `failed.${code}`, params: {} });
    return undefined;
  }

  const undos = createUndoOffers({ toasts, seconds: page.undoSeconds, take: (id) => void call('undo', { id }) });

  async function intent({ order }: Ticket, wished: Intent) {
    const taken = await call('command', { orderId: order.id, intent: wished });
    if (taken) undos.offer(taken.undo, order, wished);
    return taken;
  }

  async function step(ticket: Ticket, to: ReturnType<typeof nextStatus>): Promise<void> {
    if (!to || stepped.has(ticket)) return;
    stepped.add(ticket);
    const taken = await intent(ticket, { type: 'set_status', payload: { from: ticket.order.status, to } });
    if (!taken) stepped.delete(ticket);
  }

  async function tick(ticket: Ticket, itemIds: string[], done: boolean): Promise<void> {
    if (itemIds.length === 0 || stepped.has(ticket)) return;
    stepped.add(ticket);
    const taken = await call('tickItems', { orderId: ticket.order.id, itemIds, done });
    if (!taken) stepped.delete(ticket);
    const [itemId = '', ...more] = itemIds;
    const one = more.length === 0 ? ({ type: 'set_item_done', payload: { itemId, done } } as const) : null;
    if (taken) undos.offer(taken.undo, ticket.order, one);
  }

  return {
    bump(ticket) {
      const { order } = ticket;
      const here = bumpHere(order, scope());
      if (here.does === 'step') void step(ticket, nextStatus(order.status, order.fulfilment));
      else if (here.does === 'tick') void tick(ticket, here.itemIds, true);
      else
        toasts.show({ id: `held ${order.id}`, kind: 'warning', text: 'expo.held', params: { number: order.number } });
    },
    recall(ticket) {
      const { order } = ticket;
      const items = recallHere(order, scope());
      if (items) void tick(ticket, items, false);
      else void step(ticket, previousStatus(order.status, order.fulfilment));
    },
    end: (ticket, to, reason) =>
      void intent(ticket, { type: 'set_status', payload: { from: ticket.order.status, to, reason } }),
    toggleItem: (ticket, item) =>
      void intent(ticket, { type: 'set_item_done', payload: { itemId: item.id, done: !item.done } }),
    setPriority: (ticket, priority) => void intent(ticket, { type: 'set_priority', payload: { priority } }),
    delay(ticket, minutes) {
      const from = Math.max(page.now(), Date.parse(ticket.order.dueAt ?? '') || 0);
      const dueAt = new Date(from + minutes * 60_000).toISOString();
      void intent(ticket, { type: 'set_due', payload: { dueAt } });
    },
    setPaid: (ticket, paid) =>
      void intent(ticket, { type: 'set_payment', payload: { status: paid ? 'paid' : 'unpaid' } }),
    fireCourse: (ticket, course) => void intent(ticket, { type: 'fire_course', payload: { course } }),
    undo: undos.takeLast,
    seenMarks: ({ order: { id, version } }) => void call('seenMarks', { orderId: id, version }),
    acknowledgeAll: () => void call('acknowledgeAll', null),
    refresh: () => void call('refresh', null),
    mute: (minutes) => void call('mute', { minutes }),
    dismissFailedCommand: (id) => void call('dismissFailedCommand', { id }),
    retryCommand: (id, as) => void call('retryCommand', { id, as }),
    dismissTrouble: (trouble) => void call('dismissTrouble', { trouble }),
    async read(name, input) {
      const result = await bridge.call(name, input);
      return result.ok ? result.value : null;
    },
    changeSettings: async (patch) => (await call('changeSettings', patch)) !== undefined,
    ask: call,
    connectWithToken: async (input) => failureOf(await bridge.call('connectWithToken', input)),
    connectWithCode: async (input) => failureOf(await bridge.call('connectWithCode', input)),
  };
}

const failureOf = (result: Result<unknown, BridgeError>): BridgeError | null => (result.ok ? null : result.error.code);
