import type { BridgeError } from '#contract/bridge.ts';
import type { Intent } from '#contract/command.ts';
import { decide } from '#contract/decide.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { Order } from '#contract/order.ts';
import type { CommandRow } from '../stores.ts';
import { advanceOf } from './advance-of.ts';
import type { Tap } from './queue.ts';
import { reopenOf } from './reopen-of.ts';
import { undoOf } from './undo-of.ts';

/** How many taps can be undone; a screen offers the undo for a few seconds. */
const REMEMBERED = 50;

export interface TapsOptions {
  shown(orderId: string): Order | undefined;
  rowsOf(orderId: string): readonly CommandRow[];
  /** Writes to disk, all or none (C1). */
  add(taps: readonly Tap[]): Result<CommandRow[], BridgeError>;
  autoAdvance(): boolean;
  /** Server time, ms. */
  now(): number;
}

/** One intent of a tap, and the order as the intents before it leave it. */
interface Step {
  tap: Tap;
  before: Order;
  applies: boolean;
}

export type Taps = ReturnType<typeof createTaps>;

/** Turns taps into commands, decided as the server will decide them, and remembers how to undo them. */
export function createTaps({ shown, rowsOf, add, autoAdvance, now }: TapsOptions) {
  /** Keyed by the id of the tap's first row. */
  const undos = new Map<number, { orderId: string; intents: Intent[] }>();

  function simulate(order: Order, intents: readonly Intent[]): { steps: Step[]; after: Order } | { refused: string } {
    const at = now();
    const steps: Step[] = [];
    let after = order;
    for (const intent of intents) {
      const baseVersion = after.version;
      const decision = decide(after, intent, { now: at, issuedAt: at, baseVersion, by: '' });
      if (decision.outcome === 'rejected') return { refused: decision.message };
      steps.push({
        tap: { orderId: order.id, intent, baseVersion },
        before: after,
        applies: decision.outcome === 'applied',
      });
      if (decision.outcome === 'applied') after = decision.order;
    }
    return { steps, after };
  }

  function remember(rowId: number, orderId: string, steps: readonly Step[]): number | null {
    const intents = steps.filter(({ applies }) => applies).map(({ before, tap }) => undoOf(before, tap.intent));
    if (!intents.length || !intents.every((intent) => intent !== null)) return null;
    undos.set(rowId, { orderId, intents: intents.reverse() });
    for (const oldest of undos.keys()) {
      if (undos.size <= REMEMBERED) break;
      undos.delete(oldest);
    }
    return rowId;
  }

  return {
    /**
     * One tap: all of its intents or none. Firing a course of a ready order also sends it back to preparing. With
     * `autoAdvance`, ticking off the last item also sets the order ready.
     */
    tap(orderId: string, tapped: readonly Intent[]): Result<{ commandId: string; undo: number | null }, BridgeError> {
      const order = shown(orderId);
      if (!order) return fail('not_found', 'There is no such order.');
      const intents = tapped.flatMap((intent) => [reopenOf(order, intent), intent]).filter((intent) => intent !== null);
      let plan = simulate(order, intents);
      if ('refused' in plan) return fail('not_allowed', plan.refused);
      const ticked = plan.steps.some(({ tap, applies }) => applies && tap.intent.type === 'set_item_done');
      const advance = ticked && autoAdvance() ? advanceOf(plan.after) : null;
      if (advance) plan = simulate(order, [...intents, advance]);
      if ('refused' in plan) return fail('not_allowed', plan.refused);
      const queued = rowsOf(orderId).findLast((row) => row.answer === null);
      // A double tap: the command is already in the queue.
      if (queued && !plan.steps.some(({ applies }) => applies)) return ok({ commandId: queued.commandId, undo: null });
      const added = add(plan.steps.map(({ tap }) => tap));
      if (!added.ok) return added;
      const first = added.value[0];
      return ok({ commandId: first?.commandId ?? '', undo: first ? remember(first.id, orderId, plan.steps) : null });
    },

    /**
     * Undoes a tap by new commands, decided on the order as it is shown now (ADR 10). Intents that never applied or are
     * already undone need none.
     */
    undo(id: number): Result<null, BridgeError> {
      const entry = undos.get(id);
      const order = entry && shown(entry.orderId);
      if (!entry || !order) return fail('not_found', 'It cannot be taken back any more.');
      const plan = simulate(order, entry.intents);
      if ('refused' in plan) return fail('not_allowed', plan.refused);
      const needed = plan.steps.filter(({ applies }) => applies).map(({ tap }) => tap);
      const added = needed.length ? add(needed) : ok([]);
      if (!added.ok) return added;
      undos.delete(id);
      return ok(null);
    },
  };
}
