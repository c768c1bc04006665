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

/** Routes are declared with the contract's zod schemas, and their handlers are typed by them. */
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

/** `metrics`: the holder of METRICS_TOKEN, who reads `/metrics` and nothing else. */
export type Role = 'admin' | DeviceRole | 'metrics';

/** Who may call a route; each route must say. `open`: anybody, 60 times a minute. `free`: anybody, never limited. */
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
