import { z } from 'zod';

/** What a store sold in a span of time, rejected and cancelled orders left out (ADR 39). Revenue is in the store's currency. */
export const Sales = z.object({
  /** The largest revenue first; `source` null: orders that name none. */
  sources: z.array(z.object({ source: z.string().nullable(), orders: z.int(), revenueMinor: z.int() })),
  /** The most sold first, at most 200. `orders`: how many orders have it. */
  dishes: z.array(z.object({ name: z.string(), quantity: z.int(), orders: z.int() })),
  /** Orders that no revenue contains, in minor units of their own currency. */
  otherCurrencies: z.array(z.object({ currency: z.string(), orders: z.int(), totalMinor: z.int() })),
});
export type Sales = z.infer<typeof Sales>;
