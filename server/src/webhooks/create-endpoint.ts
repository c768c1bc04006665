import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { DeliveryTry } from '#contract/webhook.ts';
import type { Tables } from '../database/tables.ts';
import type { Term } from '../leases/term.ts';
import { movePosition, setPosition } from '../log/follow/follower-rows.ts';
import { deliveryRow, saveDeliveries, waitingDelivery } from './delivery-rows.ts';
import type { Message } from './message.ts';
import type { Answer } from './post-message.ts';
import { GIVE_UP_AFTER_MS, pauseAfter } from './schedule.ts';
import { createUpcoming, type Upcoming, type UpcomingParts } from './upcoming.ts';
import { followerOf } from './webhook-rows.ts';
import type { WebhookDeliveryRow, WebhookRow } from './webhook-tables.ts';

/**
 * Successes are stored together, at most this many, and at the next look after this, ms: a crash in between sends them
 * again. Each time is a commit that new orders may have to wait for.
 */
const UNSAVED = 200;
const UNSAVED_MS = 1_000;
/** Changes that a webhook does not want are stored as handled when there are so many. */
const UNSAVED_SKIPS = 500;
/** How long a stop waits for an answer, ms: one that came later would be asked for again. */
const ANSWER_SOON_MS = 1_000;

export type Outcome = 'delivered' | 'failed' | 'undeliverable';

export interface EndpointParts extends Omit<UpcomingParts, 'webhook'> {
  db: Kysely<Tables>;
  /** Of the work that it is a part of. */
  term: Term;
  /** Sends a message once. */
  post(webhook: WebhookRow, message: Message, signal: AbortSignal): Promise<Answer>;
  onTry(outcome: Outcome): void;
  /** The webhook is to be switched off; the endpoint has ended. `failing`: no success for five days. */
  onEnd(webhook: WebhookRow, why: 'gone' | 'failing'): Promise<void>;
  /** Called between messages that follow at once, so that catching up leaves time to everything else. */
  rest(): Promise<void>;
  /** It goes on when it is woken again. */
  onFailure(error: unknown): void;
  /** ms since 1970. */
  now(): number;
}

/** Sends a store's messages to one webhook, in order, one at a time. */
export interface Endpoint {
  /** There may be a message, or a try may be due. Call it once a second. @param what `change`: only a change */
  wake(what?: 'change'): void;
  /** Stores what is not stored yet. */
  save(): Promise<void>;
  /** Whether the last try failed. */
  isFailing(): boolean;
  /** Runs a job while no message is under way. @param job its signal aborts when the endpoint is stopped */
  between<T>(job: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Resolves when it sends and writes nothing more. A try that is not answered soon is ended, and repeated later. */
  stop(): Promise<void>;
}

/** The message that is delivered next. */
interface Current {
  message: Message;
  tries: DeliveryTry[];
  /** ms since 1970. */
  dueAt: number;
  /** The id of its row. */
  row: string;
}

/**
 * The cursor, the failed tries and the time of the next one are in the database, so that delivery goes on after a kill
 * where it was: at least once, with the same id. While no try is due, nothing is read.
 */
export function createEndpoint(webhook: WebhookRow, parts: EndpointParts): Endpoint {
  const { db, term, post, rest, onTry, onEnd, onFailure, now } = parts;
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, term.signal]);
  let upcoming: Upcoming | undefined;
  /** The message that had failed before the start. */
  let waiting: WebhookDeliveryRow | undefined;
  let current: Current | null = null;
  let unsaved: WebhookDeliveryRow[] = [];
  let unsavedSince = 0;
  let failingSince = webhook.failing_since === null ? null : Date.parse(webhook.failing_since);
  let again = false;
  let isStopping = false;
  let working: Promise<void> | null = null;
  /** One after the other. */
  let saving: Promise<void> = Promise.resolve();
  let busy: Promise<unknown> = Promise.resolve();

  async function work(): Promise<void> {
    try {
      // Whoever placed the order is answered first.
      await nextTurn();
      while (again && !signal.aborted && !isStopping) {
        again = false;
        await sendAll();
      }
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  }

  async function sendAll(): Promise<void> {
    upcoming ??= await begin();
    current ??= await nextMessage(upcoming);
    while (current && current.dueAt <= now() && !signal.aborted && !isStopping) {
      await between(attempt);
      if (isSaveDue()) await save();
      if (current) break;
      current = await nextMessage(upcoming);
      if (current) await rest();
    }
    // A failed try is stored at once, since its time and its number count.
    if (current || isSaveDue()) await save();
    if (failingSince !== null && now() >= failingSince + GIVE_UP_AFTER_MS) await end('failing');
  }

  function isSaveDue(): boolean {
    if (unsaved.length === 0) return (upcoming?.unstored() ?? 0) >= UNSAVED_SKIPS;
    return unsaved.length >= UNSAVED || performance.now() - unsavedSince > UNSAVED_MS;
  }

  async function end(why: 'gone' | 'failing'): Promise<void> {
    if (signal.aborted) return;
    ending.abort();
    await onEnd(webhook, why);
  }

  async function begin(): Promise<Upcoming> {
    waiting = await waitingDelivery(db, webhook.id);
    return createUpcoming({ ...parts, webhook });
  }

  async function nextMessage(from: Upcoming): Promise<Current | null> {
    // What came meanwhile must not pass the change that had failed.
    const message = await from.next({ changesFirst: typeof waiting?.seq === 'number' });
    if (!message) return null;
    const before = waiting;
    waiting = undefined;
    if (before?.message_id !== message.id) {
      // Its message does not come any more: the log, or what the webhook wants, is another now.
      if (before) keep({ ...before, state: 'undeliverable', next_try_at: null });
      return { message, tries: [], dueAt: 0, row: uuid() };
    }
    const tries = JSON.parse(before.tries) as DeliveryTry[];
    const dueAt = before.next_try_at === null ? 0 : Date.parse(before.next_try_at);
    // The clock may have been set back since.
    const latest = now() + (pauseAfter(tries.length, 1) ?? 0);
    return { message, tries, dueAt: Math.min(dueAt, latest), row: before.id };
  }

  /** Sends the current message once. */
  async function attempt(): Promise<void> {
    if (!current || signal.aborted) return;
    const { message, row } = current;
    await term.confirm();
    const at = now();
    const answer = await post(webhook, message, signal);
    if (signal.aborted && 'error' in answer) return;
    const tries = [...current.tries, { at: new Date(at).toISOString(), ...answer }];
    const note = (state: WebhookDeliveryRow['state'], nextTryAt: number | null = null) =>
      keep(deliveryRow(webhook.id, { message, state, tries, nextTryAt }, row));
    const status = 'status' in answer ? answer.status : 0;

    if (status >= 200 && status < 300) {
      failingSince = null;
      note('delivered');
      onTry('delivered');
      pass(message);
      return;
    }
    failingSince ??= at;
    const giveUpAt = failingSince + GIVE_UP_AFTER_MS;
    const delay = pauseAfter(tries.length, Math.random());
    if (status === 410 || now() >= giveUpAt) {
      note('waiting');
      onTry('failed');
      await save();
      await end(status === 410 ? 'gone' : 'failing');
    } else if (delay === null) {
      note('undeliverable');
      onTry('undeliverable');
      pass(message);
    } else {
      const dueAt = Math.min(now() + delay, giveUpAt);
      current = { message, tries, dueAt, row };
      note('waiting', dueAt);
      onTry('failed');
    }
  }

  function pass(message: Message): void {
    upcoming?.pass(message);
    current = null;
  }

  function keep(row: WebhookDeliveryRow): void {
    if (unsaved.length === 0) unsavedSince = performance.now();
    unsaved = [...unsaved.filter(({ id }) => id !== row.id), row];
  }

  /** Stores what became of messages, together with the place up to which they are handled. */
  function save(): Promise<void> {
    saving = saving.catch(() => undefined).then(saveNow);
    return saving;
  }

  async function saveNow(): Promise<void> {
    if (!upcoming || (unsaved.length === 0 && upcoming.unstored() === 0)) return;
    const progress = await upcoming.progress();
    const rows = unsaved.splice(0);
    const failing_since = failingSince === null ? null : new Date(failingSince).toISOString();
    try {
      await term.queue.write(webhook.store_id, async (write) => {
        const stored = write.tx.selectFrom('webhooks').select('revision').where('id', '=', webhook.id);
        const now = await stored.executeTakeFirst();
        if (!now) return;
        // Another server has changed it: what is delivered counts, when to try next is up to whoever reads it again.
        const isSame = now.revision === webhook.revision;
        const follower = followerOf(webhook);
        // Unless it was changed, nobody else moves it; a place whose storing was not answered may be there already.
        if (progress.to && isSame) await setPosition(write, follower, progress.to);
        else if (progress.to) await movePosition(write, follower, progress.from, progress.to);
        await saveDeliveries(write, isSame ? rows : rows.filter(({ state }) => state !== 'waiting'));
        await write.tx
          .updateTable('webhooks')
          .set({ news_cursor: progress.news, ...(isSame && { failing_since }) })
          .where('id', '=', webhook.id)
          .execute();
      });
    } catch (error) {
      // A message may have been tried again meanwhile: each has one row in a write.
      unsaved = [...rows.filter(({ id }) => !unsaved.some((newer) => newer.id === id)), ...unsaved];
      throw error;
    }
    upcoming.stored(progress);
  }

  function between<T>(job: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const mine = busy.then(() => job(signal));
    busy = mine.catch(() => undefined);
    return mine;
  }

  return {
    wake(what) {
      if (isStopping || signal.aborted) return;
      again = true;
      if (what !== 'change') upcoming?.heardOfNews();
      if (current && current.dueAt > now()) return;
      working ??= work().finally(() => {
        working = null;
      });
    },
    save,
    isFailing: () => failingSince !== null,
    between,
    async stop() {
      isStopping = true;
      await Promise.race([working, pause(ANSWER_SOON_MS, undefined, { ref: false })]);
      ending.abort();
      await working;
      await busy;
      await save().catch(onFailure);
    },
  };
}
