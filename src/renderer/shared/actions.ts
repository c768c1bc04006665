import type { Bridge, BridgeError, CallInput, CallName, CallOutput, Ticket } from '#contract/bridge.ts';
import type { Wish } from '#contract/command.ts';
import type { Result } from '#contract/errors.ts';
import type { Item } from '#contract/order.ts';
import type { SettingsPatch } from '#contract/settings.ts';
import { nextStatus, previousStatus } from '#contract/status.ts';
import type { ToastStore } from '../toasts/toast-store.ts';

type Reading = 'getHistory' | 'getPathFigures' | 'exportHistory' | 'getQueue';

/** Everything a person can do here. Nothing changes on the screen but by the push that follows. */
export interface Actions {
  bump(ticket: Ticket): void;
  recall(ticket: Ticket): void;
  end(ticket: Ticket, to: 'rejected' | 'cancelled', reason: string): void;
  toggleItem(ticket: Ticket, item: Item): void;
  setPriority(ticket: Ticket, priority: boolean): void;
  setPaid(ticket: Ticket, paid: boolean): void;
  fireCourse(ticket: Ticket, course: number): void;
  acknowledgeAll(): void;
  refresh(): void;
  dismissAttention(id: string): void;
  wishAgain(id: string, as: 'same' | 'cancel'): void;
  dismissTrouble(trouble: CallInput<'dismissTrouble'>['trouble']): void;
  changeSettings(patch: SettingsPatch): void;
  /** Looks something up; null when it could not be had, which who asked must say. */
  read<K extends Reading>(name: K, input: CallInput<K>): Promise<CallOutput<K> | null>;
  /** These two tell their failure to who asked, for the form to show. */
  connectWithToken(input: CallInput<'connectWithToken'>): Promise<BridgeError | null>;
  connectWithCode(input: CallInput<'connectWithCode'>): Promise<BridgeError | null>;
}

export function createActions(bridge: Bridge, toasts: ToastStore): Actions {
  /** Tickets whose step was tapped as they are: until a push replaces them, tapping again is the same tap. */
  const stepped = new WeakSet<Ticket>();

  async function call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K> | undefined> {
    const result = await bridge.call(name, input);
    if (result.ok) return result.value;
    const code: BridgeError = result.error.code;
    toasts.show({ id: `failed ${code}`, kind: 'error', text: `failed.${code}`, params: {} });
    return undefined;
  }

  const wish = (ticket: Ticket, wished: Wish) => call('command', { orderId: ticket.order.id, wish: wished });

  async function step(ticket: Ticket, to: ReturnType<typeof nextStatus>): Promise<void> {
    if (!to || stepped.has(ticket)) return;
    stepped.add(ticket);
    const taken = await wish(ticket, { type: 'set_status', payload: { from: ticket.order.status, to } });
    if (!taken) stepped.delete(ticket);
  }

  return {
    bump: (ticket) => void step(ticket, nextStatus(ticket.order.status, ticket.order.fulfilment)),
    recall: (ticket) => void step(ticket, previousStatus(ticket.order.status, ticket.order.fulfilment)),
    end: (ticket, to, reason) =>
      void wish(ticket, { type: 'set_status', payload: { from: ticket.order.status, to, reason } }),
    toggleItem: (ticket, item) =>
      void wish(ticket, { type: 'set_item_done', payload: { itemId: item.id, done: !item.done } }),
    setPriority: (ticket, priority) => void wish(ticket, { type: 'set_priority', payload: { priority } }),
    setPaid: (ticket, paid) =>
      void wish(ticket, { type: 'set_payment', payload: { status: paid ? 'paid' : 'unpaid' } }),
    fireCourse: (ticket, course) => void wish(ticket, { type: 'fire_course', payload: { course } }),
    acknowledgeAll: () => void call('acknowledgeAll', null),
    refresh: () => void call('refresh', null),
    dismissAttention: (id) => void call('dismissAttention', { id }),
    wishAgain: (id, as) => void call('wishAgain', { id, as }),
    dismissTrouble: (trouble) => void call('dismissTrouble', { trouble }),
    async read(name, input) {
      const result = await bridge.call(name, input);
      return result.ok ? result.value : null;
    },
    changeSettings: (patch) => void call('changeSettings', patch),
    connectWithToken: async (input) => failureOf(await bridge.call('connectWithToken', input)),
    connectWithCode: async (input) => failureOf(await bridge.call('connectWithCode', input)),
  };
}

const failureOf = (result: Result<unknown, BridgeError>): BridgeError | null => (result.ok ? null : result.error.code);
