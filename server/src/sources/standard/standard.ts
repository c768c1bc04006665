import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OrderDraft } from '#contract/order.ts';
import { statusOfWord } from '#contract/status.ts';
import { validationMessages } from '../../validation-messages.ts';
import { newSecret } from '../../webhooks/sign.ts';
import type { Adapter, Heard, Hint, TheirOrder } from '../adapter.ts';
import { verify } from './verify.ts';

interface Secret {
  secret: string;
}

/** The longest id of an order of a source. */
const ID_LENGTH = 150;

/** Any system that sends orders as signed webhooks (Standard Webhooks 1.0), with the body of `POST /orders`. */
export const standard: Adapter<object, Secret> = {
  kind: 'standard',
  settings: z.strictObject({}),
  secret: null,
  makeSecret: () => ({ secret: newSecret() }),
  pollSeconds: null,
  service: () => null,
  account: (_settings, sourceId) => sourceId,
  open: ({ secret, now }) => ({ hear: (heard) => hear(heard, secret.secret, now()) }),
};

function hear({ headers, body }: Heard, secret: string, now: number): Hint {
  const signed = verify(headers, body, secret, now);
  if ('why' in signed) return { kind: 'forged', why: signed.why };
  const { externalId, storeId: _store, source: _source, status = 'pending', ...draft } = orderOf(body);
  const order: TheirOrder = {
    id: shortened(externalId ?? signed.id),
    mark: signed.at,
    state: { kind: 'order', draft, status: statusOfWord(status), theirStatus: status },
  };
  return { kind: 'orders', orders: [order] };
}

function orderOf(body: Buffer): OrderDraft {
  let given: unknown;
  try {
    given = JSON.parse(body.toString('utf8'));
  } catch {
    throw new z.ZodError([{ code: 'custom', path: [], message: 'must have a body of JSON', input: undefined }]);
  }
  return OrderDraft.parse(given, { error: validationMessages });
}

const shortened = (id: string): string =>
  id.length <= ID_LENGTH ? id : `${id.slice(0, 85)}~${createHash('sha256').update(id).digest('hex')}`;
