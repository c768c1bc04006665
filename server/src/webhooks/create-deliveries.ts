import { wholeRow } from '../database/checked-rows.ts';
import type { WebhookRow } from '../database/tables.ts';
import type { Hints } from '../hints/hints.ts';
import { createRest } from '../time/create-rest.ts';
import { createEndpoint, type Endpoint, type EndpointParts } from './create-endpoint.ts';

/** Between two messages of webhooks that catch up, ms: about 200 a second in all, so that orders notice little of it. */
const REST_MS = 5;

export interface DeliveriesParts extends Omit<EndpointParts, 'rest'> {
  hints: Pick<Hints, 'onHint'>;
}

/** The endpoints of all webhooks that are switched on. */
export interface Deliveries {
  /** Begins to deliver. */
  start(): void;
  /** Finds webhooks that were changed, and wakes all endpoints. Call it once a second. */
  look(): Promise<void>;
  /** The endpoint of a webhook, if it delivers. */
  of(id: string): Endpoint | undefined;
  /** How many endpoints there are, and how many of them fail. */
  count(): { working: number; failing: number };
  /** Changes a webhook while it delivers nothing; then it goes on as it is stored. */
  whileStopped<T>(id: string, job: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

export function createDeliveries(parts: DeliveriesParts): Deliveries {
  const { db, hints, onFailure } = parts;
  const endpoints = new Map<string, { endpoint: Endpoint; storeId: string; checksum: number }>();
  /** How many jobs have stopped a webhook. */
  const held = new Map<string, number>();
  let started = false;
  let last: Promise<void> = Promise.resolve();
  let unhear = () => {};
  const rest = createRest(REST_MS);

  /** One look after the other. */
  function look(): Promise<void> {
    last = last.catch(() => undefined).then(lookOnce);
    return last;
  }

  async function lookOnce(): Promise<void> {
    if (!started) return;
    const enabled = db.selectFrom('webhooks').where('disabled', '=', 0);
    const rows = await enabled.select(['id', 'checksum']).execute();
    const checksums = new Map(rows.map(({ id, checksum }) => [id, checksum]));
    for (const [id, { checksum }] of endpoints) if (checksums.get(id) !== checksum) await end(id);
    // Read after an endpoint has ended, which stores its place.
    const ids = rows.map(({ id }) => id).filter((id) => !endpoints.has(id));
    if (ids.length > 0) for (const row of await enabled.selectAll().where('id', 'in', ids).execute()) begin(row);
    for (const { endpoint } of endpoints.values()) endpoint.wake();
  }

  function begin(row: WebhookRow): void {
    const webhook = wholeRow('webhooks', row);
    if (!started || !webhook || endpoints.has(row.id) || held.has(row.id)) return;
    const { store_id: storeId, checksum } = row;
    const endpoint = createEndpoint(webhook, {
      ...parts,
      rest,
      async onEnd(ended, why) {
        // Known until it is stored as switched off, or a look would begin it once more.
        await parts.onEnd(ended, why).finally(() => {
          if (endpoints.get(row.id)?.endpoint === endpoint) endpoints.delete(row.id);
        });
      },
    });
    endpoints.set(row.id, { endpoint, storeId, checksum });
  }

  async function end(id: string): Promise<void> {
    const known = endpoints.get(id);
    endpoints.delete(id);
    await known?.endpoint.stop();
  }

  return {
    start() {
      started = true;
      unhear = hints.onHint((hint) => {
        if (hint.kind === 'webhooks') void look().catch(onFailure);
        if (hint.kind === 'head' || hint.kind === 'escalation')
          for (const { endpoint, storeId } of endpoints.values())
            if (storeId === hint.storeId) endpoint.wake(hint.kind === 'head' ? 'change' : undefined);
      });
    },
    look,
    of: (id) => endpoints.get(id)?.endpoint,
    count() {
      const failing = [...endpoints.values()].filter(({ endpoint }) => endpoint.isFailing()).length;
      return { working: endpoints.size - failing, failing };
    },
    async whileStopped(id, job) {
      held.set(id, (held.get(id) ?? 0) + 1);
      try {
        await end(id);
        return await job();
      } finally {
        const others = (held.get(id) ?? 1) - 1;
        if (others > 0) held.set(id, others);
        else held.delete(id);
        await look().catch(onFailure);
      }
    },
    async stop() {
      started = false;
      unhear();
      await last.catch(() => undefined);
      await Promise.all([...endpoints.keys()].map(end));
    },
  };
}
