import type { FastifySchema } from 'fastify';
import { z } from 'zod';
import { Escalation } from '#contract/admin.ts';
import { Availability, AvailabilityPatch } from '#contract/availability.ts';
import { Command, CommandAnswer, CommandBatch, CommandResult } from '#contract/command.ts';
import { ErrorBody } from '#contract/errors.ts';
import { Item, Order, OrderDraft, OrderPatch } from '#contract/order.ts';
import { Printer, PrinterDraft, PrinterPatch, PrintJob } from '#contract/printer.ts';
import { PublicOrder } from '#contract/public-order.ts';
import { Sales } from '#contract/sales.ts';
import { Source, SourceDraft, SourcePatch } from '#contract/source.ts';
import { Device, Store } from '#contract/store.ts';
import { Change, Snapshot, Stats } from '#contract/sync.ts';
import { TelegramChat, TelegramCode } from '#contract/telegram.ts';
import { Delivery, Webhook, WebhookDraft, WebhookPatch } from '#contract/webhook.ts';
import type { Audience } from './app.ts';
import { PlacedOrder } from './routes/orders.ts';

/** The contract's zod schemas as OpenAPI 3.1, whose schemas are JSON Schema 2020-12, which is what zod writes. */

const named = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries({
  Availability,
  AvailabilityPatch,
  Change,
  Command,
  CommandAnswer,
  CommandResult,
  Delivery,
  Device,
  Escalation,
  Error: ErrorBody,
  Item,
  Order,
  OrderDraft,
  OrderPatch,
  PlacedOrder,
  PublicOrder,
  Sales,
  Snapshot,
  Source,
  SourceDraft,
  SourcePatch,
  Printer,
  PrinterDraft,
  PrinterPatch,
  PrintJob,
  Stats,
  Store,
  Webhook,
  WebhookDraft,
  WebhookPatch,
  TelegramChat,
  TelegramCode,
}))
  named.add(schema, { id });

type Json = Record<string, unknown>;
const refTo = (id: string) => `#/components/schemas/${id}`;
const OPTIONS = { io: 'input', unrepresentable: 'any', override: readable } as const;

/** Removes details that no reader needs: the pattern of a format, the bounds of every integer. */
function readable({ jsonSchema: json }: { jsonSchema: Json }): void {
  if (json.format !== undefined) delete json.pattern;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
}

/** All schemas that have a name, for `components.schemas`. */
export function namedSchemas(): Json {
  const { schemas } = z.toJSONSchema(named, { ...OPTIONS, uri: refTo });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, clean(schema as Json)]));
}

/** One schema of a route; a named one becomes a reference. */
function jsonOf(schema: z.ZodType): Json {
  const id = named.get(schema)?.id;
  if (id) return { $ref: refTo(id) };
  const { $defs: _, ...json } = z.toJSONSchema(schema, {
    metadata: named,
    io: 'input',
    unrepresentable: 'any',
  }) as Json;
  return clean(JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', `"${refTo('')}`)));
}

function clean({ $schema: _schema, $id: _id, id: _name, ...json }: Json): Json {
  return json;
}

type Part = 'body' | 'querystring' | 'params' | 'headers';

/** A route's schema for `@fastify/swagger`: JSON Schema, the errors that every route may answer, who may call. */
export function openapiOf(schema: FastifySchema, audience: Audience): FastifySchema {
  const parts = (['body', 'querystring', 'params', 'headers'] as const satisfies Part[])
    .filter((part) => schema[part] instanceof z.ZodType)
    .map((part) => [part, jsonOf(bodyInFull(schema[part] as z.ZodType))]);
  const answers = Object.entries((schema.response ?? {}) as Record<string, z.ZodType>).map(([status, answer]) => [
    status,
    answer instanceof z.ZodUndefined
      ? { type: 'null', description: 'Done.' }
      : { description: 'As asked.', ...jsonOf(answer) },
  ]);
  const open = typeof audience === 'string';
  return {
    ...schema,
    ...Object.fromEntries(parts),
    response: {
      ...Object.fromEntries(answers),
      ...(audience === 'free'
        ? {}
        : { '4XX': { description: 'A wrong request; changes nothing.', $ref: refTo('Error') } }),
    },
    security: open ? [] : [{ token: [] }],
    description: [schema.description, open ? 'Open to anybody.' : `For: ${audience.join(', ')}.`]
      .filter(Boolean)
      .join('\n\n'),
  };
}

/** The server validates each command separately, so the batch's schema leaves them open; readers need them in full. */
const bodyInFull = (schema: z.ZodType): z.ZodType =>
  schema === CommandBatch ? z.strictObject({ commands: z.array(Command).min(1).max(50) }) : schema;
