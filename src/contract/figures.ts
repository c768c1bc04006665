import { z } from 'zod';
import { Stats } from './sync.ts';

/** Days of the store's calendar: the one that goes on, the one before it, and that with the six before it. */
export const FIGURE_RANGES = ['today', 'yesterday', 'week'] as const;
export type FigureRange = (typeof FIGURE_RANGES)[number];

/** The figures of the orders that came within a range, from this display's own copy. All times are ms of server time. */
export const Figures = z.object({
  range: z.enum(FIGURE_RANGES),
  /** The first moment that belongs to it, and the first that does not. */
  from: z.number(),
  to: z.number(),
  /** When the copy was last known to be what the server has; `live`: that is now. */
  asOf: z.number().nullable(),
  live: z.boolean(),
  /** How far back this display keeps closed orders, where that is after `from`: what is older is missing. */
  missingBefore: z.number().nullable(),
  stats: Stats,
  /** Not ready when their tickets turned red, by the thresholds of this display. */
  late: z.int(),
  /** Taken back a step, once or more often. */
  recalled: z.int(),
});
export type Figures = z.infer<typeof Figures>;
export const FiguresQuery = z.strictObject({ range: z.enum(FIGURE_RANGES) });
