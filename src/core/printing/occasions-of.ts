import type { Order } from '#contract/order.ts';
import type { ScreenOccasion } from '#contract/setting-names.ts';
import type { Status } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';

/** An order that came to a status in which it is printed, and when (ISO). */
export interface Occasion {
  order: Order;
  occasion: ScreenOccasion;
  since: string;
}

const OF_STATUS: Partial<Record<Status, ScreenOccasion>> = { preparing: 'accepted', ready: 'ready' };
/** What an import brings is old (contract, section 15). */
const isImported = ({ externalId }: Order): boolean => externalId?.startsWith('import:') === true;

/** Why an order as it is now is printed. It follows from the order: a restart or a missed message loses no paper. */
export function occasionOf(order: Order): Occasion | null {
  const occasion = OF_STATUS[order.status];
  return occasion && !isImported(order) ? { order, occasion, since: order.statusSince } : null;
}

/** Also the statuses that orders had only within a batch. */
export function occasionsOfChanges(
  changes: readonly Change[],
  shown: (orderId: string) => Order | undefined,
): Occasion[] {
  return changes.flatMap(({ orderId, previousStatus, at }) => {
    const occasion = previousStatus && OF_STATUS[previousStatus];
    const order = occasion && shown(orderId);
    return order && !isImported(order) ? [{ order, occasion, since: at }] : [];
  });
}
