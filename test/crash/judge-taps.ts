import { isDeepStrictEqual } from 'node:util';
import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { RANK, type Status } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
import type { Aftermath } from './aftermath.ts';
import type { Tap } from './record.ts';

type AnsweredTap = Tap & { commandId: string };

/** [C1] [C2] Every tap that a display answered was answered by the server, once, and had its effect at most once. */
export function judgeTaps(taps: Tap[], { histories, displays }: Aftermath): string[] {
  const found: string[] = [];
  const effects = new Map<string, Change[]>();
  for (const change of [...histories.values()].flat())
    if (change.cause) {
      const key = `${change.cause.deviceId} ${change.cause.commandId}`;
      effects.set(key, [...(effects.get(key) ?? []), change]);
    }
  for (const [key, changes] of effects)
    if (changes.length > 1) found.push(`command ${key} had ${changes.length} effects`);

  for (const display of displays) {
    const own = taps.filter(({ deviceId }) => deviceId === display.deviceId);
    const answered = own.filter((tap): tap is AnsweredTap => tap.commandId !== null);
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

    // A tap that a waiting tap makes needless is answered with the commandId of the order's last waiting command.
    for (const [commandId, same] of Map.groupBy(answered, (tap) => tap.commandId)) {
      const [{ orderId, intent }] = same as [Tap, ...Tap[]];
      const name = `tap ${commandId} of ${display.name} (${intent.type} of ${orderId})`;
      if (same.some((tap) => tap.orderId !== orderId)) found.push(`${display.name} gave the id ${commandId} twice`);
      if (!display.known.has(commandId)) found.push(`${name} was never answered`);
      const [effect] = effects.get(`${display.deviceId} ${commandId}`) ?? [];
      // The server answers a display's commands in order, so a later one is no excuse.
      const later = new Set(answered.slice(answered.indexOf(same[0] as AnsweredTap)).map((tap) => tap.commandId));
      const before = (histories.get(orderId) ?? []).filter(
        ({ cause }) => cause?.deviceId !== display.deviceId || !later.has(cause.commandId),
      );
      if (!effect && !same.some(takeRefusal) && !same.some((tap) => wasNeedless(tap, before)))
        found.push(`${name} was lost`);
      if (effect && !same.every((tap) => isEffectOf(effect, tap) || wasNeedless(tap, before)))
        found.push(`${name} had another's effect`);
    }
    // A tap whose answer was lost may or may not be on disk; nothing else may have an effect.
    const ids = new Set(answered.map(({ commandId }) => commandId));
    const unknown = own.filter(({ commandId }) => commandId === null);
    for (const changes of effects.values())
      for (const change of changes) {
        if (change.cause?.deviceId !== display.deviceId || ids.has(change.cause.commandId)) continue;
        const at = unknown.findIndex((tap) => isEffectOf(change, tap));
        if (at < 0) found.push(`${display.name} did ${change.cause.commandId} (${change.type}) that nobody tapped`);
        else unknown.splice(at, 1);
      }
    for (const left of refused)
      if (!unknown.some((tap) => tap.orderId === left.orderId && tap.intent.type === left.commandType))
        found.push(`${display.name} shows a refused ${left.commandType} that nobody tapped`);
  }
  return found;
}

/** Whether a change is the effect of the tap. */
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
 * Whether the order was already in that state, or further on, before the answer to this tap (`already`, `superseded`). A
 * promised time is never needless, because each is unique.
 */
function wasNeedless({ intent }: Tap, before: Change[]): boolean {
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
