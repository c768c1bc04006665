import type { Kysely } from 'kysely';
import type { Change } from '#contract/sync.ts';
import type { Tables } from '../database/tables.ts';
import { readPosition, type StoredPosition } from '../log/follow/follower-rows.ts';
import { isOldNews } from '../orders/imported.ts';
import type { Log, StartOver } from '../service.ts';
import { changeMessage, type Message } from './message.ts';
import { nextNews } from './news-rows.ts';
import { eventsOf, followerOf } from './webhook-rows.ts';
import type { WebhookRow } from './webhook-tables.ts';

/** Changes read from the log at a time: what a webhook holds in memory. */
const AHEAD = 20;

export interface UpcomingParts {
  db: Kysely<Tables>;
  log: Pick<Log, 'readWhole' | 'locate'>;
  webhook: WebhookRow;
  /**
   * The log does not continue from `stored` (S2). Stores another position there, and a message for the webhook that
   * says so.
   *
   * @returns the other position
   */
  onReset(webhook: WebhookRow, startOver: StartOver, stored: StoredPosition): Promise<StoredPosition>;
}

/** How far everything is handled, and what is stored of it. */
export interface Progress {
  from: StoredPosition;
  /** null: as stored. */
  to: StoredPosition | null;
  /** Of the messages that are no changes. */
  news: number;
}

/** The messages that a webhook wants, in order: those that are not changes pass changes that wait. */
export interface Upcoming {
  /** There may be a message that is not a change. */
  heardOfNews(): void;
  /** The next message, the same one until it is passed; null: there is none now. */
  next(order: { changesFirst: boolean }): Promise<Message | null>;
  /** The message is delivered or given up. */
  pass(message: Message): void;
  /** Changes handled since the last progress was stored, unwanted ones included. */
  unstored(): number;
  progress(): Promise<Progress>;
  stored(progress: Progress): void;
}

export async function createUpcoming({ db, log, webhook, onReset }: UpcomingParts): Promise<Upcoming> {
  const storeId = webhook.store_id;
  const wanted = eventsOf(webhook);
  let stored = (await readPosition(db, followerOf(webhook))) as StoredPosition;
  /** The end of what is read. */
  let readTo = stored;
  /** What is read and not handled. */
  let ahead: Change[] = [];
  let handled = stored.cursor;
  let news = webhook.news_cursor;
  let mayHaveNews = true;

  async function nextOfNews(): Promise<Message | null> {
    while (mayHaveNews) {
      mayHaveNews = false;
      const message = await nextNews(db, { storeId, webhookId: webhook.id, after: news });
      if (!message) return null;
      mayHaveNews = true;
      if (isWanted(message.type)) return message;
      if ('number' in message.place) news = message.place.number;
    }
    return null;
  }

  async function nextChange(): Promise<Message | null> {
    for (;;) {
      for (const change of [...ahead]) {
        if (isWanted(change.type) && !isOldNews(change)) return changeMessage(readTo.epoch, storeId, change);
        passChange(change.seq);
      }
      const read = await log.readWhole(storeId, readTo, AHEAD);
      if (read.mode === 'snapshot') {
        stored = await onReset(webhook, read, stored);
        readTo = stored;
        handled = stored.cursor;
        mayHaveNews = true;
        return (await nextOfNews()) ?? nextChange();
      }
      if (read.to === read.from) return null;
      readTo = { epoch: read.epoch, cursor: read.to, hash: read.hash };
      ahead = read.changes;
    }
  }

  /** What is not an event is for this webhook alone. */
  const isWanted = (type: string): boolean =>
    wanted === null || type === 'reset' || (wanted as readonly string[]).includes(type);

  function passChange(seq: number): void {
    ahead = ahead.filter((change) => change.seq > seq);
    handled = seq;
  }

  return {
    heardOfNews() {
      mayHaveNews = true;
    },
    async next({ changesFirst }) {
      if (changesFirst) return (await nextChange()) ?? nextOfNews();
      return (await nextOfNews()) ?? nextChange();
    },
    pass({ place }) {
      if ('seq' in place) passChange(place.seq);
      else news = place.number;
    },
    unstored: () => handled - stored.cursor,
    async progress() {
      const from = stored;
      if (handled === from.cursor) return { from, to: null, news };
      if (handled === readTo.cursor) return { from, to: readTo, news };
      const place = await log.locate(storeId, { epoch: readTo.epoch, seq: handled });
      return { from, to: place.mode === 'delta' ? place.position : null, news };
    },
    stored(progress) {
      stored = progress.to ?? stored;
    },
  };
}
