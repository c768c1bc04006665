import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Escalation, OrderEscalationKind } from '#contract/admin.ts';
import { isOpen } from '#contract/status.ts';
import type { Changes } from '#contract/sync.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { findEscalations, isOfOrder, openEscalations, openEscalationsOf } from '../escalation/escalation-rows.ts';
import { IMPORTER } from '../orders/imported.ts';
import { chatsOf } from './chat-rows.ts';
import type { BotParts } from './parts.ts';
import type { TelegramChatRow, TelegramMessageRow } from './telegram-tables.ts';

/** Orders and escalations in one transaction: in an unseen rush, the shop's own writes come in between. */
const AT_ONCE = 50;

/** Decides what each chat hears, and stores it as messages to send or to edit. */
export interface Announce {
  /** From a store's log. May get the same batch again. */
  changes(storeId: string, batch: Changes): Promise<void>;
  /**
   * Compares open escalations with what the messages show.
   *
   * @param ids of escalations that were raised or resolved; null: all of them, which takes longer the more are open
   */
  escalations(ids: ReadonlySet<string> | null): Promise<void>;
}

/** Messages to store, one about each of these for each chat that wants it. */
type News = Pick<TelegramMessageRow, 'kind' | 'alert'> & { about: readonly string[] };

export function createAnnounce({ db, queue, receipts, now }: BotParts): Announce {
  const at = () => new Date(now()).toISOString();

  /** One message for each chat and order, ever: a known one stays as it is. */
  async function add({ tx }: Write, chats: readonly TelegramChatRow[], { about, ...news }: News): Promise<void> {
    const rows = about.flatMap((id) =>
      chats.map(({ store_id, chat_id }) => ({
        ...{ id: uuid(), store_id, chat_id, state: 'waiting' as const, due_at: at(), created_at: at() },
        ...{ ...news, about: id, message_id: null, asking: 0, shown: null },
      })),
    );
    for (const some of chunks(rows))
      await tx
        .insertInto('telegram_messages')
        .values(some)
        .onConflict((oc) => oc.columns(['chat_id', 'about']).doNothing())
        .execute();
  }

  /** Those that are out, or on their way, show what is new. */
  async function touch({ tx }: Write, orderIds: readonly string[]): Promise<void> {
    await tx
      .updateTable('telegram_messages')
      .set((eb) => ({ due_at: eb.fn.coalesce('due_at', eb.val(at())) }))
      .where('about', 'in', orderIds)
      .where('state', 'in', ['sending', 'sent'])
      .execute();
  }

  /** Also of a message that still waits or was given up: an alert that is stored is not looked at again. */
  async function setAlert(write: Write, orderIds: readonly string[], alert: OrderEscalationKind | null): Promise<void> {
    await write.tx.updateTable('telegram_messages').set({ alert }).where('about', 'in', orderIds).execute();
    await touch(write, orderIds);
  }

  /** Without a write if no message shows any of these orders: a commit keeps new orders waiting. */
  async function anyOf(orderIds: readonly string[]): Promise<boolean> {
    const shown = db.selectFrom('telegram_messages').select('id').where('about', 'in', orderIds);
    return (await shown.where('state', 'in', ['sending', 'sent']).limit(1).executeTakeFirst()) !== undefined;
  }

  /** The newest open escalation of each order, by the order's id, if no message shows it; and those of stores. */
  async function untold(open: readonly Escalation[], shown: readonly Shown[]): Promise<Escalation[]> {
    const known = new Set(shown.map(({ about, alert }) => `${about} ${alert}`));
    const newest = new Map(open.filter(isOfOrder).map((one) => [one.orderId, one]));
    const ofStores = open.filter((one) => !isOfOrder(one));
    const told = new Set(await messagesAbout(db, ofStores));
    return [
      ...ofStores.filter((one) => !told.has(one.id)),
      ...[...newest.values()].filter((one) => !known.has(`${one.orderId} ${one.kind}`)),
    ];
  }

  async function tell(write: Write, storeId: string, news: readonly Escalation[]): Promise<void> {
    const chats = await chatsOf(write.tx, storeId);
    if (chats.length === 0) return;
    const always = chats.filter(({ mode }) => mode === 'always');
    const ofStore = news.filter((one) => !isOfOrder(one)).map(({ id }) => id);
    await add(write, always, { kind: 'escalation', about: ofStore, alert: null });
    for (const [alert, some] of Map.groupBy(news.filter(isOfOrder), (one) => one.kind)) {
      const about = some.map(({ orderId }) => orderId);
      await add(write, chats, { kind: 'order', about, alert });
      await setAlert(write, about, alert);
    }
  }

  return {
    async changes(storeId, { changes }) {
      const touched = [...new Set(changes.map(({ orderId }) => orderId))];
      const created = new Set<string>();
      for (const { type, by, orderId } of changes)
        if (type === 'order_created' && by.id !== IMPORTER.id) created.add(orderId);
      const fresh = changes
        .filter(({ order, orderId }) => order && created.has(orderId) && isOpen(order.status))
        .map(({ orderId }) => orderId);
      const isUnseen = receipts.presence(storeId).displays.length === 0;
      const wanted = (chat: TelegramChatRow) => chat.mode === 'always' || isUnseen;
      const isNews = fresh.length > 0 && (await chatsOf(db, storeId)).some(wanted);
      if (!isNews && !(await anyOf(touched))) return;
      await queue.write(storeId, async (write) => {
        const chats = (await chatsOf(write.tx, storeId)).filter(wanted);
        await add(write, chats, { kind: 'order', about: fresh, alert: null });
        await touch(write, touched);
      });
    },
    async escalations(ids) {
      const open = ids ? await openOf(db, ids) : { escalations: await openEscalations(db), orderIds: null };
      const shown = await shownAlerts(db, open.orderIds);
      const withOne = new Set(open.escalations.map(({ orderId }) => orderId));
      const over = shown.filter(({ about }) => !withOne.has(about));
      for (const [storeId, ofStore] of Map.groupBy(over, (one) => one.store_id))
        for (const some of chunks(ofStore)) {
          const orderIds = some.map(({ about }) => about);
          await queue.write(storeId, (write) => setAlert(write, orderIds, null));
        }
      const chats = await db.selectFrom('telegram_chats').select(['store_id', 'mode']).execute();
      const isHeard = (one: Escalation) =>
        chats.some(({ store_id, mode }) => store_id === one.storeId && (isOfOrder(one) || mode === 'always'));
      const news = (await untold(open.escalations, shown)).filter(isHeard);
      for (const [storeId, ofStore] of Map.groupBy(news, (one) => one.storeId))
        for (const some of chunks(ofStore)) await queue.write(storeId, (write) => tell(write, storeId, some));
    },
  };
}

/** An order with an alert in its messages. */
type Shown = Pick<TelegramMessageRow, 'store_id' | 'about' | 'alert'>;

/** @param orderIds null: of all */
async function shownAlerts(db: Kysely<Tables>, orderIds: readonly string[] | null): Promise<Shown[]> {
  return db
    .selectFrom('telegram_messages')
    .select(['store_id', 'about', 'alert'])
    .where('kind', '=', 'order')
    .where('alert', 'is not', null)
    .$if(orderIds !== null, (query) => query.where('about', 'in', orderIds ?? []))
    .execute();
}

/** What is open of what these escalations are about. */
async function openOf(
  db: Kysely<Tables>,
  ids: ReadonlySet<string>,
): Promise<{ escalations: Escalation[]; orderIds: string[] }> {
  const heard = await findEscalations(db, [...ids]);
  const orderIds = [...new Set(heard.filter(isOfOrder).map(({ orderId }) => orderId))];
  const ofStores = heard.filter((one) => !isOfOrder(one) && one.resolvedAt === null);
  return { escalations: [...ofStores, ...(await openEscalationsOf(db, orderIds))], orderIds };
}

/** The ids of those that a message is about. */
async function messagesAbout(db: Kysely<Tables>, escalations: readonly Escalation[]): Promise<string[]> {
  if (escalations.length === 0) return [];
  const ids = escalations.map(({ id }) => id);
  const about = db.selectFrom('telegram_messages').select('about').where('about', 'in', ids);
  return (await about.where('kind', '=', 'escalation').execute()).map((row) => row.about);
}

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += AT_ONCE) yield all.slice(i, i + AT_ONCE);
}
