import type { Ticket } from '#contract/ticket.ts';

export type AgeBand = 'normal' | 'warning' | 'late';

/** The band of a ticket's age at `now` (ms, server time). An order that does not age is `normal`. */
export function ageBand({ warningAt, lateAt }: Pick<Ticket, 'warningAt' | 'lateAt'>, now: number): AgeBand {
  if (lateAt !== null && now >= lateAt) return 'late';
  return warningAt !== null && now >= warningAt ? 'warning' : 'normal';
}
