import type { Intent } from '#contract/command.ts';
import { decide } from '#contract/decide.ts';
import type { Order } from '#contract/order.ts';
import { isOpen, isRinging } from '#contract/status.ts';

/** Its number on the screen, in every language. */
const NUMBER = 'TEST';

export interface TestOrderOptions {
  uuid(): string;
  /** Server time, ms. */
  now(): number;
  currency(): string;
  /** Shows the order; null: removes it. */
  onShown(order: Order | null): void;
}

/**
 * An order on this display only, to see and hear that it works: it rings, can be tapped through, and leaves at its end.
 * It is in no database, goes to no server, and has no items and no price, so no count or figure includes it.
 */
export function createTestOrder({ uuid, now, currency, onShown }: TestOrderOptions) {
  let order: Order | null = null;

  function show(next: Order): void {
    order = isOpen(next.status) ? next : null;
    onShown(order);
  }

  return {
    /** Replaces the previous test order, if there is one. */
    place(): string {
      const placed = testOrder(uuid(), now(), currency());
      show(placed);
      return placed.id;
    },
    is: (orderId: string): boolean => order?.id === orderId,
    rings: (): boolean => order !== null && isRinging(order),
    /** Applies an intent as the server would; false if it would refuse. */
    take(intent: Intent): boolean {
      const at = now();
      const decision = decide(order ?? undefined, intent, {
        now: at,
        issuedAt: at,
        baseVersion: order?.version ?? 0,
        by: NUMBER,
      });
      if (decision.outcome === 'applied') show(decision.order);
      return decision.outcome !== 'rejected';
    },
  };
}

function testOrder(id: string, now: number, currency: string): Order {
  const at = new Date(now).toISOString();
  return {
    id,
    storeId: '',
    number: NUMBER,
    externalId: null,
    source: null,
    fulfilment: 'pickup',
    status: 'pending',
    statusSince: at,
    priority: false,
    firedCourse: 1,
    customer: null,
    table: null,
    covers: null,
    items: [],
    note: null,
    currency,
    totalMinor: 0,
    payment: { status: 'paid', method: null },
    placedAt: at,
    dueAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    reason: null,
    createdAt: at,
    updatedAt: at,
    version: 1,
    seq: 1,
  };
}
