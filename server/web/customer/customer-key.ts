import type { en } from './words/en.ts';

/** A key of the customers' words. */
export type CustomerKey = keyof typeof en;
export type CustomerWords = Readonly<Record<CustomerKey, string>>;
