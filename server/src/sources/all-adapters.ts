import type { SourceKind } from '#contract/source.ts';
import type { Adapter } from './adapter.ts';
import { hubrise } from './hubrise/hubrise.ts';
import { print } from './print/print.ts';
import { shopify } from './shopify/shopify.ts';
import { square } from './square/square.ts';
import { standard } from './standard/standard.ts';
import { woocommerce } from './woocommerce/woocommerce.ts';

/** Settings and secret are as the adapter's own schemas say, which only the adapter knows. */
// biome-ignore lint/suspicious/noExplicitAny: each adapter gets back what its own schemas made
export type AnyAdapter = Adapter<any, any>;

/** Every kind of source that can be made. A new adapter needs a line here. */
export const ADAPTERS: readonly AnyAdapter[] = [standard, woocommerce, shopify, square, hubrise, print];

/** undefined: this kind cannot be made yet. */
export const adapterOf = (kind: SourceKind): AnyAdapter | undefined => ADAPTERS.find((one) => one.kind === kind);
