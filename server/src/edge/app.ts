import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifySchema,
  FastifyTypeProvider,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { z } from 'zod';
import type { DeviceRole } from '#contract/store.ts';

/** Fastify with routes declared by the contract's zod schemas, which also type their handlers. */
export interface ZodProvider extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
  serializer: this['schema'] extends z.ZodType ? z.input<this['schema']> : unknown;
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodProvider
>;

/** `metrics`: the holder of METRICS_TOKEN, who may read only `/metrics`. */
export type Role = 'admin' | DeviceRole | 'customer' | 'metrics';

/** Who may call a route; required for each. `open`: anybody, 60 times a minute. `free`: anybody, never limited. */
export type Audience = readonly Role[] | 'open' | 'free';

declare module 'fastify' {
  interface FastifyContextConfig {
    audience?: Audience;
  }
}

/** Options of a route: who may call it, and its schema with its place and title in the docs. */
export function route<const S extends FastifySchema>(audience: Audience, tag: string, summary: string, schema: S) {
  return { config: { audience }, schema: { tags: [tag], summary, ...schema } };
}
