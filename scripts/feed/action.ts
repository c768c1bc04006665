import type { OrderDraft, OrderPatch } from '#contract/order.ts';
import type { PaymentStatus, Status } from '#contract/status.ts';

/** What the shop system and the people at the other end of the counter do, one HTTP request each. */
export type Action =
  | { type: 'create'; draft: OrderDraft }
  | { type: 'move'; orderId: string; to: Status; reason?: string }
  | { type: 'pay'; orderId: string; status: PaymentStatus; method?: string }
  | { type: 'change'; orderId: string; patch: Pick<OrderPatch, 'items' | 'totalMinor'> };
