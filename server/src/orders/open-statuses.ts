import { isOpen, STATUSES } from '#contract/status.ts';

/** The open and closed statuses, for queries. */
export const OPEN_STATUSES = STATUSES.filter(isOpen);
export const CLOSED_STATUSES = STATUSES.filter((status) => !isOpen(status));
