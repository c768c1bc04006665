/** The only status table (contract, section 4). Both sides use it instead of their own `if (status === …)` chains. */
export const STATUSES = ['pending', 'preparing', 'ready', 'delivering', 'completed', 'rejected', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];

export const FULFILMENTS = ['pickup', 'delivery', 'dine_in', 'booking'] as const;
export type Fulfilment = (typeof FULFILMENTS)[number];

export const PAYMENT_STATUSES = ['unpaid', 'paid', 'refunded', 'failed'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** `same`: no move. `forward`: next step. `recall`: one step back. `end`: rejected or cancelled. `no`: not allowed. */
export type Move = 'same' | 'forward' | 'recall' | 'end' | 'no';

/** How long an order can be recalled from a status, ms; from the others without limit (contract, section 4). */
export const RECALL_WINDOW_MS: Partial<Record<Status, number>> = { preparing: 60_000, completed: 60 * 60_000 };

/** How far along an order is; null for rejected and cancelled. */
export const RANK: Record<Status, number | null> = {
  pending: 0,
  preparing: 1,
  ready: 2,
  delivering: 3,
  completed: 4,
  rejected: null,
  cancelled: null,
};

/** Whether an order is cancelled or rejected. */
export const isCalledOff = (status: Status): boolean => RANK[status] === null;

type Row = Record<Status, Move>;
const NEVER: Row = {
  pending: 'no',
  preparing: 'no',
  ready: 'no',
  delivering: 'no',
  completed: 'no',
  rejected: 'no',
  cancelled: 'no',
};

function table(delivers: boolean): Record<Status, Row> {
  return {
    pending: { ...NEVER, pending: 'same', preparing: 'forward', rejected: 'end', cancelled: 'end' },
    preparing: { ...NEVER, pending: 'recall', preparing: 'same', ready: 'forward', cancelled: 'end' },
    ready: {
      ...NEVER,
      ready: 'same',
      ...(delivers ? { delivering: 'forward' } : { completed: 'forward' }),
      preparing: 'recall',
      cancelled: 'end',
    },
    delivering: { ...NEVER, delivering: 'same', completed: 'forward', ready: 'recall', cancelled: 'end' },
    completed: { ...NEVER, completed: 'same', ...(delivers ? { delivering: 'recall' } : { ready: 'recall' }) },
    rejected: { ...NEVER, rejected: 'same' },
    cancelled: { ...NEVER, cancelled: 'same' },
  };
}

const DELIVERED = table(true);
const TAKEN = table(false);

/**
 * The kind of move from one status to another for an order of this fulfilment. Ignores the recall window: see
 * {@link recallIsOpen}.
 */
export function moveOf(from: Status, to: Status, fulfilment: Fulfilment): Move {
  return (fulfilment === 'delivery' ? DELIVERED : TAKEN)[from][to];
}

function target(move: Move, from: Status, fulfilment: Fulfilment): Status | null {
  return STATUSES.find((to) => moveOf(from, to, fulfilment) === move) ?? null;
}

/** The status after one bump, or null if there is no next step. */
export const nextStatus = (from: Status, fulfilment: Fulfilment): Status | null => target('forward', from, fulfilment);

/** The status after a screen's recall, or null: screens do not offer a recall to `pending`. */
export const previousStatus = (from: Status, fulfilment: Fulfilment): Status | null =>
  from === 'preparing' ? null : target('recall', from, fulfilment);

/** Whether an order that reached `status` at `statusSince` (ISO) may still be recalled at `now` (ms, server time). */
export function recallIsOpen(status: Status, statusSince: string, now: number): boolean {
  return now - Date.parse(statusSince) <= (RECALL_WINDOW_MS[status] ?? Number.POSITIVE_INFINITY);
}

/** A readable reason why an order can no longer be recalled from this status. */
export const tooLateToRecall = (from: Status): string =>
  from === 'preparing'
    ? 'An order in preparation can be recalled for 60 seconds.'
    : 'A completed order can be recalled for 60 minutes.';

/** Open: work remains. Completed, rejected and cancelled orders are closed. */
export const isOpen = (status: Status): boolean => status !== 'completed' && !isCalledOff(status);

/** Rule A1: an order rings while it is pending and nobody has acknowledged it. */
export const isRinging = (order: { status: Status; acknowledgedAt: string | null }): boolean =>
  order.status === 'pending' && order.acknowledgedAt === null;

/** Status names of older systems, accepted as input and never stored. */
export const LEGACY_STATUSES = {
  new: 'pending',
  confirmed: 'preparing',
  processing: 'preparing',
  shipped: 'delivering',
  delivered: 'completed',
  canceled: 'cancelled',
} as const satisfies Record<string, Status>;

export const STATUS_WORDS = [
  ...STATUSES,
  ...(Object.keys(LEGACY_STATUSES) as (keyof typeof LEGACY_STATUSES)[]),
] as const;

/** The status for a current or legacy name. */
export function statusOfWord(word: (typeof STATUS_WORDS)[number]): Status {
  return word in LEGACY_STATUSES ? LEGACY_STATUSES[word as keyof typeof LEGACY_STATUSES] : (word as Status);
}
