import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Idempotency, Once } from '../idempotency/once.ts';
import { callerOf } from './identity.ts';

/** The headers of what changes an order (contract, sections 4 and 5), and of what makes something (ADR 66). */
const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable characters')
  .meta({
    description:
      'Any text that is new for each intent. Repeating it within 35 days gets the first answer, or what was made then.',
  });
const version = z
  .string()
  .regex(/^(W\/)?"?\d{1,15}"?$/, 'must be the version of the order, a whole number')
  .transform((value) => Number(value.replace(/\D/g, '')))
  .meta({ description: 'The `version` of the order that this change is based on.' });

export const WriteHeaders = z.object({ 'idempotency-key': idempotencyKey.optional() });
export const PatchHeaders = WriteHeaders.extend({ 'if-match': version.optional() });

/** Identifies a request by method, address and parsed body, to recognise a repeat. */
export function idempotencyOf(request: {
  method: string;
  url: string;
  headers: { 'idempotency-key'?: string | undefined };
  body?: unknown;
}): { idempotency?: Idempotency } {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return {};
  const [path] = request.url.split('?');
  const words = JSON.stringify([request.method, path, request.body ?? null]);
  return { idempotency: { key, request: createHash('sha256').update(words).digest('hex') } };
}

/** As {@link idempotencyOf}, of a request that makes something; undefined: it has no key. */
export function onceOf(
  request: Parameters<typeof idempotencyOf>[0] & Parameters<typeof callerOf>[0],
): Once | undefined {
  const { idempotency } = idempotencyOf(request);
  return idempotency && { ...idempotency, callerId: callerOf(request).id };
}
