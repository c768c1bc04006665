import type { FastifySchema, FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { validationMessages } from '../validation-messages.ts';
import type { App } from './app.ts';

/**
 * Makes Fastify validate requests with zod. Schemas type the answers but do not validate them. Does not use
 * fastify-type-provider-zod: it drops the ZodError, which details and messages are made from, and encodes every answer.
 */
export function addZod(app: App): void {
  app.setValidatorCompiler(compile);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
}

const compile: FastifySchemaCompiler<FastifySchema | z.ZodType> = ({ schema, httpPart }) => {
  if (!(schema instanceof z.ZodType)) throw new Error('a route is declared with zod schemas');
  return (data: unknown) => {
    const given = httpPart === 'querystring' ? withoutEmpty(data as object) : (data ?? undefined);
    const parsed = schema.safeParse(given, { error: validationMessages });
    return parsed.success ? { value: parsed.data } : { error: parsed.error };
  };
};

/** In a query, empty values as in `?status=&q=` count as absent. */
function withoutEmpty(query: object): object {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

/** A whole number in a query: digits only, so that 1e9, 1.5 and -1 are refused. */
export function queryNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .meta({ type: 'integer', minimum: min, maximum: max });
}

/** Without the keys that are `undefined`, for `exactOptionalPropertyTypes`. */
export function defined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}
