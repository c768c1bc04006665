import type { SourceKind } from '#contract/source.ts';
import type { Adapter } from './adapter.ts';
import { standard } from './standard/standard.ts';

/** Settings and secret are as the adapter's own schemas say, which only the adapter knows. */
// biome-ignore lint/suspicious/noExplicitAny: each adapter gets back what its own schemas made
export type AnyAdapter = Adapter<any, any>;

/** Every kind of source that can be made. A new adapter needs a line here. */
export const ADAPTERS: readonly AnyAdapter[] = [standard];

/** undefined: this kind cannot be made yet. */
export const adapterOf = (kind: SourceKind): AnyAdapter | undefined => ADAPTERS.find((one) => one.kind === kind);
