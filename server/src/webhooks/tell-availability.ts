import type { Kysely } from 'kysely';
import type { Availability } from '#contract/availability.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import type { Term } from '../leases/term.ts';
import type { Availabilities } from '../service.ts';
import { addNews, lastBody } from './news-rows.ts';

const TYPE = 'availability';

export interface TellAvailabilityParts {
  db: Kysely<Tables>;
  hints: Pick<Hints, 'say'>;
  availability: Pick<Availabilities, 'latest' | 'onChange'>;
  onFailure(error: unknown): void;
}

/** Stores each change of what a store takes as a message for its webhooks. */
export interface TellAvailability {
  /** Begins, as the work of a term. */
  start(term: Pick<Term, 'queue'>): void;
  /** Stores what was not stored because of a failure or a kill. Call it once a second. */
  look(): Promise<void>;
  /** Stores the present state as the one that a new webhook knows, unless there is one. */
  baseline(write: Write, storeId: string): Promise<void>;
  stop(): void;
}

export function tellAvailability({ db, hints, availability, onFailure }: TellAvailabilityParts): TellAvailability {
  /** Stores of which the newest state may not be stored. */
  let unsaved: Set<string> | null = null;
  let term: Pick<Term, 'queue'> | null = null;
  let unhear = () => {};

  /** The last message is compared, so that a state is sent once, also over restarts and by several processes. */
  async function tell(storeId: string, state: Availability): Promise<void> {
    const data = inOrder(state);
    const added = await term?.queue.write(storeId, async (write) => {
      const isTold = (await lastBody(write.tx, storeId, TYPE)) === JSON.stringify({ type: TYPE, data });
      return isTold ? null : addNews(write, storeId, TYPE, data);
    });
    if (added) hints.say({ kind: 'webhooks', storeId });
  }

  /** The stores whose webhooks know a state. */
  async function toldStores(): Promise<Set<string>> {
    const rows = await db
      .selectFrom('webhook_news')
      .select('store_id')
      .where('type', '=', TYPE)
      .groupBy('store_id')
      .execute();
    return new Set(rows.map(({ store_id: storeId }) => storeId));
  }

  return {
    start(as) {
      term = as;
      unsaved = null;
      unhear = availability.onChange((storeId, state) => {
        tell(storeId, state).catch((error) => {
          unsaved?.add(storeId);
          onFailure(error);
        });
      });
    },
    stop() {
      term = null;
      unhear();
    },
    async look() {
      if (!term) return;
      unsaved ??= await toldStores();
      for (const storeId of unsaved) {
        await tell(storeId, availability.latest(storeId));
        unsaved.delete(storeId);
      }
    },
    async baseline(write, storeId) {
      if ((await lastBody(write.tx, storeId, TYPE)) === undefined)
        await addNews(write, storeId, TYPE, inOrder(availability.latest(storeId)));
    },
  };
}

/** With its fields in one order, so that equal states have equal texts. */
function inOrder({ open, pausedUntil, busyUntil, preparationMinutes, unavailable }: Availability): Availability {
  return {
    open,
    pausedUntil,
    busyUntil,
    preparationMinutes,
    unavailable: unavailable.map(({ name, until }) => ({ name, until })),
  };
}
