import { z } from 'zod';
import { text } from './field-types.ts';
import type { OrderFilter } from './order-filter.ts';
import { FULFILMENTS, PAYMENT_STATUSES, STATUSES } from './status.ts';

/** Where to search: this display's copy, which answers at once and offline, or the server, which has every order. */
export const SOURCES = ['copy', 'server'] as const;
export type Source = (typeof SOURCES)[number];

const few = <T extends z.ZodType>(one: T) => z.array(one).max(50);
const Filter: z.ZodType<OrderFilter> = z.strictObject({
  statuses: few(z.enum(STATUSES)),
  fulfilments: few(z.enum(FULFILMENTS)),
  sources: few(text(200)),
  payments: few(z.enum(PAYMENT_STATUSES)),
  late: z.boolean(),
  note: z.boolean(),
  allergens: z.boolean(),
});

/** Orders that contain `q` and pass the filter, newest first; an empty `q` matches all. */
export const SearchQuery = z.strictObject({
  from: z.enum(SOURCES),
  q: text(200),
  filter: Filter,
  /** `nextBefore` of the previous page from the same source. */
  before: z.string().max(500).nullable(),
});
export type SearchQuery = z.infer<typeof SearchQuery>;
