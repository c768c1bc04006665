import type { ErrorCode, ErrorDetail } from '#contract/errors.ts';
import type { Order } from '#contract/order.ts';
import type { PublicOrder } from '#contract/public-order.ts';

/** A refused request, with a code of the contract. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetail[] | undefined;
  /** The order as it is now, as the caller may see it; with `invalid_transition`, and with `conflict` on a PATCH. */
  readonly order: Order | PublicOrder | undefined;
  /** Overrides the code's own HTTP status (422 of a reused Idempotency-Key). */
  readonly status: number | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    more: { details?: ErrorDetail[]; order?: Order | PublicOrder; status?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.details = more.details;
    this.order = more.order;
    this.status = more.status;
  }
}
