import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { MadeWebhook } from '#contract/webhook.ts';
import type { Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import type { MakeOnce } from '../idempotency/make-once.ts';
import type { Term } from '../leases/term.ts';
import { insertPosition, setPosition } from '../log/follow/follower-rows.ts';
import { readLogRow } from '../log/read-log.ts';
import { checkTarget } from '../outbound/check-target.ts';
import { createOutboundAgent } from '../outbound/create-outbound-agent.ts';
import type { Availabilities, Escalations, Log, Webhooks } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { findStore } from '../stores/find-store.ts';
import { createDeliveries } from './create-deliveries.ts';
import type { Outcome } from './create-endpoint.ts';
import { listDeliveries } from './delivery-rows.ts';
import type { Message } from './message.ts';
import { lastNumber } from './news-rows.ts';
import { postMessage } from './post-message.ts';
import { newSecret, signedHeaders } from './sign.ts';
import { startOver } from './start-over.ts';
import { tellAvailability } from './tell-availability.ts';
import { aboutWebhook, hostOfWebhook } from './tell-owner.ts';
import { testWebhook } from './test-webhook.ts';
import {
  deleteWebhook,
  findWebhook,
  followerOf,
  insertWebhook,
  secretsOf,
  startFresh,
  updateWebhook,
  webhookFrom,
  webhooksOf,
  withSecret,
} from './webhook-rows.ts';
import type { WebhookRow } from './webhook-tables.ts';

/** Most webhooks of a store. */
const MOST = 20;

export interface WebhookParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  hints: Hints;
  makeOnce: MakeOnce;
  log: Log;
  escalations: Escalations;
  availability: Availabilities;
  /** The setting PRIVATE_TARGETS. */
  privateTargets: boolean;
  /** Time limit of one try, ms; 15 s by default. */
  withinMs?: number | undefined;
  logger: { warn(details: object, message: string): void };
  /** ms since 1970. */
  now(): number;
}

export interface WebhookService extends Webhooks {
  /** Begins to deliver, as the work of a term. @returns ends it */
  deliver(term: Term): () => Promise<void>;
  /** Delivers what is due. Call it once a second. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export function createWebhooks(parts: WebhookParts): WebhookService {
  const { db, queue, hints, makeOnce, log, escalations, privateTargets, withinMs, logger, now } = parts;
  const dispatcher = createOutboundAgent(privateTargets);
  const listeners = new Set<(outcome: Outcome) => void>();
  const onFailure = (error: unknown) =>
    logger.warn({ err: error }, 'messages for webhooks could not be read or stored; it is tried again');
  const availability = tellAvailability({ ...parts, onFailure });
  const deliveries = createDeliveries({
    ...parts,
    post,
    onTry: (outcome) => {
      for (const listener of listeners) listener(outcome);
    },
    onReset: (webhook, reset, stored, queue) => startOver({ ...parts, queue }, webhook, reset, stored),
    onEnd: switchOff,
    onFailure,
  });

  async function post(webhook: WebhookRow, { id, body }: Message, signal: AbortSignal) {
    const at = now();
    const headers = signedHeaders(id, body, secretsOf(webhook, at), at);
    return postMessage(webhook.url, body, headers, { dispatcher, signal, ...(withinMs && { withinMs }) });
  }

  async function switchOff(webhook: WebhookRow, why: 'gone' | 'failing', queue: WriteQueue): Promise<void> {
    if (why === 'failing')
      await escalations.raise(
        aboutWebhook(webhook),
        `The webhook to ${hostOfWebhook(webhook)} has failed for five days and is switched off. ` +
          'Mend it, then switch it on again: it goes on where it stopped.',
        queue,
      );
    await queue.write(webhook.store_id, async (write) => {
      const row = await findWebhook(write.tx, webhook.id, null).catch(() => null);
      if (row) await updateWebhook(write, { ...row, disabled: 1 });
    });
    hints.say({ kind: 'webhooks', storeId: webhook.store_id });
  }

  async function stop(): Promise<void> {
    availability.stop();
    await deliveries.stop();
  }

  function refusePrivate(url: string | undefined): void {
    const message = url === undefined ? null : checkTarget(url, privateTargets);
    if (message !== null) refuse('url', message);
  }

  /** Changes a stored webhook; what it answers is as it is then. */
  async function change(id: string, storeId: string | null, next: (row: WebhookRow) => Partial<WebhookRow>) {
    const { store_id } = await findWebhook(db, id, storeId);
    const row = await deliveries.whileStopped(id, () =>
      queue.write(store_id, async (write) => {
        const before = await findWebhook(write.tx, id, storeId);
        const after = { ...before, ...next(before) };
        await updateWebhook(write, after);
        if (after.url !== before.url || after.disabled < before.disabled) await startFresh(write, id);
        return after;
      }),
    );
    if (row.disabled === 0) await escalations.resolve(aboutWebhook(row));
    hints.say({ kind: 'webhooks', storeId: row.store_id });
  }

  async function get(id: string, storeId: string | null) {
    const row = await findWebhook(db, id, storeId);
    await deliveries.of(id)?.save();
    const [webhook] = await webhooksOf(db, row.store_id, id);
    if (!webhook) throw new ServiceError('not_found', 'There is no such webhook.');
    return webhook;
  }

  return {
    async create(storeId, { url, events, disabled }, once) {
      refusePrivate(url);
      const make = async (write: Write) => {
        const { tx } = write;
        await findStore(tx, storeId);
        const others = await tx.selectFrom('webhooks').select('id').where('store_id', '=', storeId).execute();
        if (others.length >= MOST)
          throw new ServiceError('conflict', `A store has at most ${MOST} webhooks: delete one first.`);
        const row = await insertWebhook(write, {
          id: uuid(),
          store_id: storeId,
          url,
          events: events ? JSON.stringify(events) : null,
          disabled: disabled ? 1 : 0,
          secret: newSecret(),
          old_secret: null,
          old_secret_until: null,
          created_at: new Date(now()).toISOString(),
          news_cursor: 0,
          failing_since: null,
          revision: 0,
        });
        const { epoch, head, head_hash: hash } = await readLogRow(tx, storeId);
        await insertPosition(write, followerOf(row), { epoch, cursor: head, hash });
        await availability.baseline(write, storeId);
        const news_cursor = await lastNumber(tx, storeId);
        await tx.updateTable('webhooks').set({ news_cursor }).where('id', '=', row.id).execute();
        return { id: row.id, made: { ...webhookFrom(row, head), secret: row.secret } };
      };
      const made = await queue.write(storeId, (write) =>
        makeOnce(
          write,
          once,
          () => make(write),
          (id) => firstAnswer(write, storeId, id),
        ),
      );
      hints.say({ kind: 'webhooks', storeId });
      return made;
    },
    async list(storeId) {
      await findStore(db, storeId);
      return webhooksOf(db, storeId);
    },
    get,
    async patch(id, { url, events, disabled }, storeId) {
      refusePrivate(url);
      await change(id, storeId, () => ({
        ...(url !== undefined && { url }),
        ...(events !== undefined && { events: events && JSON.stringify(events) }),
        ...(disabled !== undefined && { disabled: disabled ? 1 : 0 }),
      }));
      return get(id, storeId);
    },
    async remove(id, storeId) {
      const row = await findWebhook(db, id, storeId);
      await deliveries.whileStopped(id, () =>
        escalations.write(queue, row.store_id, async (write, { resolve }) => {
          await deleteWebhook(write, row);
          await resolve(aboutWebhook(row));
        }),
      );
      hints.say({ kind: 'webhooks', storeId: row.store_id });
    },
    async rotate(id, storeId) {
      const secret = newSecret();
      await change(id, storeId, (row) => withSecret(row, secret, now()));
      return { secret };
    },
    async test(id, storeId) {
      const webhook = await findWebhook(db, id, storeId);
      return testWebhook({ db, queue, deliveries, post, now, switchOff }, webhook);
    },
    async replay(id, from, storeId) {
      const row = await findWebhook(db, id, storeId);
      const first = Math.max(from, 1);
      await deliveries.whileStopped(id, async () => {
        const { epoch, head, min_seq } = await readLogRow(db, row.store_id);
        if (first > head + 1) refuse('from', `must be at most ${head + 1}, the next change`);
        if (first < min_seq) refuse('from', `must be at least ${min_seq}: older changes are no longer kept`);
        const place = await log.locate(row.store_id, { epoch, seq: first - 1 });
        if (place.mode === 'snapshot') throw new ServiceError('conflict', 'The log has changed meanwhile: try again.');
        await queue.write(row.store_id, async (write) => {
          await setPosition(write, followerOf(row), place.position);
          await startFresh(write, id);
        });
      });
      if (row.disabled === 0) await escalations.resolve(aboutWebhook(row));
      return get(id, storeId);
    },
    async deliveries(id, storeId) {
      await findWebhook(db, id, storeId);
      await deliveries.of(id)?.save();
      return listDeliveries(db, id);
    },
    count: deliveries.count,
    onTry(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    deliver(term) {
      availability.start(term);
      deliveries.start(term);
      return stop;
    },
    async look() {
      await availability.look();
      await deliveries.look();
    },
    async close() {
      await stop();
      await dispatcher.destroy();
    },
  };
}

/** What the request that made a webhook is answered once more. */
async function firstAnswer({ tx }: Write, storeId: string, id: string): Promise<MadeWebhook> {
  const { secret, old_secret } = await findWebhook(tx, id, storeId);
  const [webhook] = await webhooksOf(tx, storeId, id);
  if (webhook && old_secret === null) return { ...webhook, secret };
  const message = `This Idempotency-Key made the webhook ${id}, whose secret is another since and not shown again.`;
  throw new ServiceError('conflict', `${message} Rotate it to get a new one.`);
}

function refuse(path: string, message: string): never {
  throw new ServiceError('invalid_request', `${path} ${message}.`, { details: [{ path, message }] });
}
