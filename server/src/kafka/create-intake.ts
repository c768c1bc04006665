import { createHash } from 'node:crypto';
import type { DeviceCaller } from '../caller.ts';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import { toServiceError } from '../edge/http-errors.ts';
import type { Orders } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { type Broker, type Incoming, TooLargeForBroker } from './broker.ts';
import { type IntakeTopic, readMessage, type Target } from './read-message.ts';

/** How often a message that makes the server fail is tried before it is refused, as a command is set aside (C5). */
const TRIES = 3;

export interface IntakeParts {
  orders: Pick<Orders, 'create' | 'setStatus' | 'idOf'>;
  broker: Pick<Broker, 'publish'>;
  /** Of every topic. */
  prefix: string;
  onOrder(order: { accepted: boolean }): void;
  onMessage(topic: IntakeTopic, outcome: 'taken' | 'refused'): void;
  log: { warn(details: object, message: string): void };
}

/**
 * Carries out messages of one partition: each once, in order. What is wrong goes to the dead letters. Rejects when the
 * database or the broker fails; then all of them must come again.
 */
export function createIntake({ orders, broker, prefix, onOrder, onMessage, log }: IntakeParts) {
  async function carryOut(topic: IntakeTopic, message: Incoming): Promise<void> {
    const wanted = readMessage(topic, message.value);
    const caller: DeviceCaller = { role: 'integration', id: 'kafka', name: 'Kafka', storeId: wanted.storeId };
    const key = identityOf(message);
    const idempotency = { key, request: key };
    if (wanted.kind === 'create') {
      const { storeId, draft } = wanted;
      const once = draft.externalId === undefined ? { idempotency } : {};
      const { order, created } = await orders.create(caller, storeId, draft, once);
      if (created) onOrder({ accepted: order.version === 2 });
      return;
    }
    const id = await idOf(wanted.storeId, wanted.target);
    await orders.setStatus(caller, id, wanted.status, { reason: wanted.reason, idempotency });
  }

  async function idOf(storeId: string, target: Target): Promise<string> {
    if ('orderId' in target) return target.orderId;
    const id = await orders.idOf(storeId, target.externalId);
    if (id === null) throw new ServiceError('not_found', 'There is no order with this externalId.');
    return id;
  }

  async function take(message: Incoming): Promise<void> {
    const topic = message.topic.slice(prefix.length) as IntakeTopic;
    for (let tries = 1; ; tries++)
      try {
        await carryOut(topic, message);
        return onMessage(topic, 'taken');
      } catch (error) {
        const refusal = toServiceError(error);
        if (error instanceof DatabaseUnavailable || refusal.code === 'unavailable') throw error;
        if (refusal.code === 'internal' && tries < TRIES) continue;
        const origin = `${message.topic}/${message.partition}/${message.offset}`;
        log.warn(
          { ...(refusal.code === 'internal' && { err: error }), code: refusal.code, origin },
          'a message from Kafka is refused',
        );
        await refuse(message, origin, refusal);
        return onMessage(topic, 'refused');
      }
  }

  async function refuse({ key, value }: Incoming, origin: string, { code, message }: ServiceError): Promise<void> {
    const headers = { error: code, message, origin };
    const letter = { topic: `${prefix}dead-letter`, key, headers };
    await broker.publish([{ ...letter, value }]).catch((error) => {
      if (!(error instanceof TooLargeForBroker)) throw error;
      // With its headers it is over the broker's limit. The origin says where the value is.
      return broker.publish([{ ...letter, key: null, value: null }]);
    });
  }

  return async function handle(messages: readonly Incoming[]): Promise<void> {
    // New orders share a transaction: each store's writes are done in the order in which they are asked for.
    const apart = messages.every(({ topic }) => topic === `${prefix}order.create`);
    if (!apart) for (const message of messages) await take(message);
    else {
      const done = await Promise.allSettled(messages.map(take));
      const failed = done.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    }
  };
}

/** The same for each delivery of a message; another one in a topic that was deleted and made again. */
export function identityOf({ topic, partition, offset, timestamp, value }: Incoming): string {
  const place = `${topic}/${partition}/${offset}/${timestamp}\n`;
  return `kafka:${createHash('sha256')
    .update(place)
    .update(value ?? '')
    .digest('hex')}`;
}
