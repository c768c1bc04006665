import { wholeRow } from '../database/checked-rows.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import type { Term } from '../leases/term.ts';
import type { StoredPosition } from '../log/follow/follower-rows.ts';
import type { StartOver } from '../service.ts';
import { createRest } from '../time/create-rest.ts';
import { createEndpoint, type Endpoint, type EndpointParts } from './create-endpoint.ts';
import type { WebhookRow } from './webhook-tables.ts';

/** Between two messages of webhooks that catch up, ms: about 200 a second in all, so that orders notice little of it. */
const REST_MS = 5;

export interface DeliveriesParts extends Omit<EndpointParts, 'term' | 'rest' | 'onReset' | 'onEnd'> {
  hints: Pick<Hints, 'onHint'>;
  /** As of {@link EndpointParts}, with the queue of the term. */
  onReset(
    webhook: WebhookRow,
    startOver: StartOver,
    stored: StoredPosition,
    queue: WriteQueue,
  ): Promise<StoredPosition>;
  onEnd(webhook: WebhookRow, why: 'gone' | 'failing', queue: WriteQueue): Promise<void>;
}

/** The endpoints of all webhooks that are switched on. */
export interface Deliveries {
  /** Begins to deliver, as the work of a term. */
  start(term: Term): void;
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
  const endpoints = new Map<string, { endpoint: Endpoint; storeId: string; revision: number }>();
  /** How many jobs have stopped a webhook. */
  const held = new Map<string, number>();
  let term: Term | null = null;
  let last: Promise<void> = Promise.resolve();
  let unhear = () => {};
  const rest = createRest(REST_MS);

  /** One look after the other. */
  function look(): Promise<void> {
    last = last.catch(() => undefined).then(lookOnce);
    return last;
  }

  async function lookOnce(): Promise<void> {
    const current = term;
    if (!current) return;
    const enabled = db.selectFrom('webhooks').where('disabled', '=', 0);
    const rows = await enabled.select(['id', 'revision']).execute();
    const revisions = new Map(rows.map(({ id, revision }) => [id, revision]));
    for (const [id, { revision }] of endpoints) if (revisions.get(id) !== revision) await end(id);
    // Read after an endpoint has ended, which stores its place.
    const ids = rows.map(({ id }) => id).filter((id) => !endpoints.has(id));
    if (ids.length > 0)
      for (const row of await enabled.selectAll().where('id', 'in', ids).execute()) begin(row, current);
    for (const { endpoint } of endpoints.values()) endpoint.wake();
  }

  function begin(row: WebhookRow, current: Term): void {
    const webhook = wholeRow('webhooks', row);
    if (term !== current || !webhook || endpoints.has(row.id) || held.has(row.id)) return;
    const { store_id: storeId, revision } = row;
    const { queue } = current;
    const endpoint = createEndpoint(webhook, {
      ...parts,
      term: current,
      rest,
      onReset: (...reset) => parts.onReset(...reset, queue),
      async onEnd(ended, why) {
        // Known until it is stored as switched off, or a look would begin it once more.
        await parts.onEnd(ended, why, queue).finally(() => {
          if (endpoints.get(row.id)?.endpoint === endpoint) endpoints.delete(row.id);
        });
      },
    });
    endpoints.set(row.id, { endpoint, storeId, revision });
  }

  async function end(id: string): Promise<void> {
    const known = endpoints.get(id);
    endpoints.delete(id);
    await known?.endpoint.stop();
  }

  return {
    start(as) {
      term = as;
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
      term = null;
      unhear();
      await last.catch(() => undefined);
      await Promise.all([...endpoints.keys()].map(end));
    },
  };
}
