import { z } from 'zod';
import { OrderId, optional, StatusWord, StoreId, text } from '#contract/field-types.ts';
import { OrderDraft, Reason } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import { ServiceError } from '../service-error.ts';

/** The topics that are read, without their prefix (contract, section 13). */
export const INTAKE_TOPICS = ['order.create', 'order.status', 'order.cancel'] as const;
export type IntakeTopic = (typeof INTAKE_TOPICS)[number];

export type Instruction =
  | { kind: 'create'; storeId: string; draft: OrderDraft }
  | { kind: 'move'; storeId: string; target: Target; status: Status; reason: string | undefined };
export type Target = { orderId: string } | { externalId: string };

/** Bytes of a value; as the body of `POST /orders`. */
const MOST_BYTES = 128 * 1024;

const ofOrder = { storeId: StoreId, externalId: optional(text(200, 1)), orderId: optional(OrderId) };
const Create = z.strictObject({ storeId: StoreId, order: OrderDraft });
const Move = z.strictObject({ ...ofOrder, status: StatusWord, reason: optional(Reason) });
const Cancel = z.strictObject({ ...ofOrder, reason: optional(Reason) });

/** What a message wants. Throws a {@link ServiceError} or a ZodError that says what is wrong. */
export function readMessage(topic: IntakeTopic, value: Buffer | null): Instruction {
  const json = parse(value);
  if (topic === 'order.create') {
    const { storeId, order } = Create.parse(json);
    if (order.storeId !== undefined && order.storeId !== storeId)
      refuse('order.storeId', 'must be left out, or the storeId of the message');
    return { kind: 'create', storeId, draft: order };
  }
  const { storeId, reason, ...rest } =
    topic === 'order.status' ? Move.parse(json) : { ...Cancel.parse(json), status: 'cancelled' as const };
  return { kind: 'move', storeId, target: targetOf(rest), status: rest.status, reason };
}

function targetOf({ externalId, orderId }: { externalId?: string | undefined; orderId?: string | undefined }): Target {
  if (externalId !== undefined && orderId !== undefined) refuse('orderId', 'must be left out beside externalId');
  if (orderId !== undefined) return { orderId };
  return { externalId: externalId ?? refuse('externalId', 'or orderId must name the order') };
}

function parse(value: Buffer | null): unknown {
  if (value === null) throw new ServiceError('invalid_request', 'The message has no value.');
  if (value.length > MOST_BYTES) throw new ServiceError('too_large', 'The value is over 128 KiB.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(value));
  } catch {
    throw new ServiceError('invalid_request', 'The value is not JSON in UTF-8.');
  }
}

function refuse(path: string, message: string): never {
  throw new ServiceError('invalid_request', `${path} ${message}.`, { details: [{ path, message }] });
}
