import type { BridgeError } from '#contract/bridge.ts';
import type { Intent } from '#contract/command.ts';
import { decide } from '#contract/decide.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { Order } from '#contract/order.ts';
import type { CommandRow } from '../stores.ts';
import { advanceOf } from './advance-of.ts';
import type { Tap } from './queue.ts';
import { undoOf } from './undo-of.ts';

/** Taps that can be taken back; a screen offers it for seconds. */
const REMEMBERED = 50;

export interface TapsOptions {
  shown(orderId: string): Order | undefined;
  rowsOf(orderId: string): readonly CommandRow[];
  /** Onto the disk, all or none (C1). */
  add(taps: readonly Tap[]): Result<CommandRow[], BridgeError>;
  autoAdvance(): boolean;
  /** Server time, ms. */
  now(): number;
}

/** An intent as it meets the order that the ones before it leave behind. */
interface Laid {
  tap: Tap;
  before: Order;
  applies: boolean;
}

export type Taps = ReturnType<typeof createTaps>;

/** What a person taps becomes commands: judged as the server will judge it, and for a while with a way back. */
export function createTaps({ shown, rowsOf, add, autoAdvance, now }: TapsOptions) {
  /** By the id of the tap's first row. */
  const backs = new Map<number, { orderId: string; intents: Intent[] }>();

  function lay(order: Order, intents: readonly Intent[]): { laid: Laid[]; after: Order } | { refused: string } {
    const at = now();
    const laid: Laid[] = [];
    let after = order;
    for (const intent of intents) {
      const baseVersion = after.version;
      const decision = decide(after, intent, { now: at, issuedAt: at, baseVersion, by: '' });
      if (decision.outcome === 'rejected') return { refused: decision.message };
      laid.push({
        tap: { orderId: order.id, intent, baseVersion },
        before: after,
        applies: decision.outcome === 'applied',
      });
      if (decision.outcome === 'applied') after = decision.order;
    }
    return { laid, after };
  }

  function remember(rowId: number, orderId: string, laid: readonly Laid[]): number | null {
    const intents = laid.filter(({ applies }) => applies).map(({ before, tap }) => undoOf(before, tap.intent));
    if (!intents.length || !intents.every((intent) => intent !== null)) return null;
    backs.set(rowId, { orderId, intents: intents.reverse() });
    for (const oldest of backs.keys()) {
      if (backs.size <= REMEMBERED) break;
      backs.delete(oldest);
    }
    return rowId;
  }

  return {
    /** One tap: all of its intents or none. Ticking off the last item is the step to ready as well, if that is set. */
    tap(orderId: string, intents: readonly Intent[]): Result<{ commandId: string; undo: number | null }, BridgeError> {
      const order = shown(orderId);
      if (!order) return fail('not_found', 'There is no such order.');
      let plan = lay(order, intents);
      if ('refused' in plan) return fail('not_allowed', plan.refused);
      const ticked = plan.laid.some(({ tap, applies }) => applies && tap.intent.type === 'set_item_done');
      const advance = ticked && autoAdvance() ? advanceOf(plan.after) : null;
      if (advance) plan = lay(order, [...intents, advance]);
      if ('refused' in plan) return fail('not_allowed', plan.refused);
      const waiting = rowsOf(orderId).findLast((row) => row.answer === null);
      // A finger that taps twice: it is in the queue as it is.
      if (waiting && !plan.laid.some(({ applies }) => applies)) return ok({ commandId: waiting.commandId, undo: null });
      const added = add(plan.laid.map(({ tap }) => tap));
      if (!added.ok) return added;
      const first = added.value[0];
      return ok({ commandId: first?.commandId ?? '', undo: first ? remember(first.id, orderId, plan.laid) : null });
    },

    /**
     * Takes a tap back by commands of its own, judged by the order as it is shown now (ADR 10). What is back already, or was
     * never taken, needs none.
     */
    undo(id: number): Result<null, BridgeError> {
      const back = backs.get(id);
      const order = back && shown(back.orderId);
      if (!back || !order) return fail('not_found', 'It cannot be taken back any more.');
      const plan = lay(order, back.intents);
      if ('refused' in plan) return fail('not_allowed', plan.refused);
      const needed = plan.laid.filter(({ applies }) => applies).map(({ tap }) => tap);
      const added = needed.length ? add(needed) : ok([]);
      if (!added.ok) return added;
      backs.delete(id);
      return ok(null);
    },
  };
}
