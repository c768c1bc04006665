import { z } from 'zod';
import { Stats } from './sync.ts';

/** Days of the store's calendar: today, yesterday, and the seven days up to today. */
export const FIGURE_RANGES = ['today', 'yesterday', 'week'] as const;
export type FigureRange = (typeof FIGURE_RANGES)[number];

/** The figures of the orders placed within a range, from this display's own copy. All times are ms of server time. */
export const Figures = z.object({
  range: z.enum(FIGURE_RANGES),
  /** Start (inclusive) and end (exclusive). */
  from: z.number(),
  to: z.number(),
  /** When the copy last matched the server; while `live`, now. */
  asOf: z.number().nullable(),
  live: z.boolean(),
  /** Set if this display keeps closed orders only since a time after `from`: older ones are missing. */
  missingBefore: z.number().nullable(),
  stats: Stats,
  /** Not ready when their tickets turned red, by this display's thresholds. */
  late: z.int(),
  /** Recalled at least once. */
  recalled: z.int(),
});
export type Figures = z.infer<typeof Figures>;
export const FiguresQuery = z.strictObject({ range: z.enum(FIGURE_RANGES) });
