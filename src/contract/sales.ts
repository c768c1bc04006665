import { z } from 'zod';

/** What a store sold in a span of time, rejected and cancelled orders left out (ADR 39). */
export const Sales = z.object({
  /** The largest revenue first; `source` null: orders that name none. */
  sources: z.array(z.object({ source: z.string().nullable(), orders: z.int(), revenueMinor: z.int() })),
  /** The most sold first, at most 200. `orders`: how many orders have it. */
  dishes: z.array(z.object({ name: z.string(), quantity: z.int(), orders: z.int() })),
});
export type Sales = z.infer<typeof Sales>;
