import type { Kysely } from 'kysely';
import type { Availability } from '#contract/availability.ts';
import type { Undo } from '#contract/bridge.ts';
import type { Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import type { Availabilities } from '../service.ts';
import { addNews, lastBody } from './news-rows.ts';

const TYPE = 'availability';

export interface TellAvailabilityParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  hints: Pick<Hints, 'say'>;
  availability: Pick<Availabilities, 'latest' | 'onChange'>;
  onFailure(error: unknown): void;
}

/** Stores each change of what a store takes as a message for its webhooks. */
export interface TellAvailability {
  /** Stores what was not stored because of a failure or a kill. Call it once a second. */
  look(): Promise<void>;
  /** Stores the present state as the one that a new webhook knows, unless there is one. */
  baseline(write: Write, storeId: string): Promise<void>;
  close: Undo;
}

export function tellAvailability({
  db,
  queue,
  hints,
  availability,
  onFailure,
}: TellAvailabilityParts): TellAvailability {
  /** Stores of which the newest state may not be stored. */
  let unsaved: Set<string> | null = null;

  /** The last message is compared, so that a state is sent once, also over restarts and by several processes. */
  async function tell(storeId: string, state: Availability): Promise<void> {
    const data = inOrder(state);
    const added = await queue.write(storeId, async (write) => {
      const isTold = (await lastBody(write.tx, storeId, TYPE)) === JSON.stringify({ type: TYPE, data });
      return isTold ? null : addNews(write, storeId, TYPE, data);
    });
    if (added) hints.say({ kind: 'webhooks', storeId });
  }

  const close = availability.onChange((storeId, state) => {
    tell(storeId, state).catch((error) => {
      unsaved?.add(storeId);
      onFailure(error);
    });
  });

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
    async look() {
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
    close,
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
