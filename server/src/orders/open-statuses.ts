import { isOpen, STATUSES } from '#contract/status.ts';

/** For queries: an order is in one or the other. */
export const OPEN_STATUSES = STATUSES.filter(isOpen);
export const CLOSED_STATUSES = STATUSES.filter((status) => !isOpen(status));
