import { isDeepStrictEqual } from 'node:util';
import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { RANK, type Status } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
import type { Aftermath } from './judge.ts';
import type { Tap } from './record.ts';

/** [C1] [C2] Every tap that a display answered was answered by the server, once, and had its effect at most once. */
export function judgeTaps(taps: Tap[], { histories, displays }: Aftermath): string[] {
  const found: string[] = [];
  const effects = new Map<string, Change[]>();
  for (const change of [...histories.values()].flat())
    if (change.cause) {
      const key = `${change.cause.deviceId} ${change.cause.n}`;
      effects.set(key, [...(effects.get(key) ?? []), change]);
    }
  for (const [key, changes] of effects)
    if (changes.length > 1) found.push(`command ${key} had ${changes.length} effects`);

  for (const display of displays) {
    const own = taps.filter(({ deviceId }) => deviceId === display.deviceId);
    const known = own.filter((tap): tap is Tap & { n: number } => tap.n !== null);
    const refused = [...display.failedCommands];
    const takeRefusal = ({ orderId, intent }: Tap): boolean => {
      const at = refused.findIndex(
        (entry) =>
          entry.orderId === orderId &&
          entry.commandType === intent.type &&
          isDeepStrictEqual(entry.payload, intent.payload),
      );
      if (at >= 0) refused.splice(at, 1);
      return at >= 0;
    };

    // What is so already, by a tap that still waits, is answered with the number of whatever of its order waits last.
    for (const [n, same] of Map.groupBy(known, (tap) => tap.n)) {
      const [{ orderId, intent }] = same as [Tap, ...Tap[]];
      const name = `tap ${n} of ${display.name} (${intent.type} of ${orderId})`;
      if (same.some((tap) => tap.orderId !== orderId)) found.push(`${display.name} gave the number ${n} twice`);
      if (n > display.lastN) found.push(`${name} was never answered: the server knows ${display.lastN}`);
      const [effect] = effects.get(`${display.deviceId} ${n}`) ?? [];
      const history = histories.get(orderId) ?? [];
      if (!effect && !same.some(takeRefusal) && !same.some((tap) => wasNeedless(tap, history)))
        found.push(`${name} was lost`);
      if (effect && !same.every((tap) => isEffectOf(effect, tap) || wasNeedless(tap, history)))
        found.push(`${name} had another's effect`);
    }
    // A tap whose answer was lost may have been written down or not; nothing else may be there.
    const numbers = new Set(known.map(({ n }) => n));
    const unknown = own.filter(({ n }) => n === null);
    for (const changes of effects.values())
      for (const change of changes) {
        if (change.cause?.deviceId !== display.deviceId || numbers.has(change.cause.n)) continue;
        const at = unknown.findIndex((tap) => isEffectOf(change, tap));
        if (at < 0) found.push(`${display.name} did ${change.cause.n} (${change.type}) that nobody tapped`);
        else unknown.splice(at, 1);
      }
    for (const left of refused)
      if (!unknown.some((tap) => tap.orderId === left.orderId && tap.intent.type === left.commandType))
        found.push(`${display.name} tells of a refused ${left.commandType} that nobody tapped`);
  }
  return found;
}

/** Whether a change is what the tap asked for. */
function isEffectOf({ orderId, order }: Change, tap: Pick<Tap, 'orderId' | 'intent'>): boolean {
  return orderId === tap.orderId && !!order && isSo(order, tap.intent);
}

function isSo(order: Order, intent: Intent): boolean {
  switch (intent.type) {
    case 'set_status':
      return order.status === intent.payload.to;
    case 'set_due':
      return order.dueAt === intent.payload.dueAt;
    case 'acknowledge':
      return order.acknowledgedAt !== null;
    default:
      throw new Error(`the load does not send ${intent.type}`);
  }
}

/**
 * Whether somebody had done it, or gone further, before this tap was answered (`already`, `superseded`), so that it had
 * no effect of its own. A promised time is never needless: each is another one.
 */
function wasNeedless({ deviceId, n, intent }: Tap & { n: number }, history: Change[]): boolean {
  // A display's commands are answered in their order: what it did later is no excuse.
  const before = history.filter(({ cause }) => cause?.deviceId !== deviceId || cause.n < n);
  switch (intent.type) {
    case 'acknowledge':
      return before.some(({ order }) => order && (order.acknowledgedAt !== null || order.status !== 'pending'));
    case 'set_status': {
      const from = rank(intent.payload.from);
      const to = rank(intent.payload.to);
      return before.some(({ order, previousStatus }) => {
        if (!order || !previousStatus) return false;
        if (to > from) return rank(order.status) >= to;
        return order.status === intent.payload.to && rank(previousStatus) > to;
      });
    }
    default:
      return false;
  }
}

const rank = (status: Status): number => RANK[status] ?? -1;
