import { v7 as uuid } from 'uuid';
import type { OrderEscalationKind } from '#contract/admin.ts';
import { isOpen } from '#contract/status.ts';
import type { Changes } from '#contract/sync.ts';
import type { TelegramChatRow, TelegramMessageRow } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { isOfOrder, openEscalations } from '../escalation/escalation-rows.ts';
import { IMPORTER } from '../orders/imported.ts';
import { chatsOf } from './chat-rows.ts';
import type { TelegramParts } from './parts.ts';

/** Decides what each chat hears, and stores it as messages to send or to edit. */
export interface Announce {
  /** From a store's log. May get the same batch again. */
  changes(storeId: string, batch: Changes): Promise<void>;
  /** Compares the open escalations with what the messages show. */
  escalations(): Promise<void>;
}

export function createAnnounce({ db, queue, receipts, readOrder, now }: TelegramParts): Announce {
  const at = () => new Date(now()).toISOString();

  /** One message for each chat and order, ever: a known one stays as it is. */
  async function add(
    { tx }: Write,
    chat: TelegramChatRow,
    message: Pick<TelegramMessageRow, 'kind' | 'about' | 'alert'>,
  ): Promise<void> {
    const { store_id, chat_id } = chat;
    const fresh = { id: uuid(), store_id, chat_id, state: 'waiting' as const, due_at: at(), created_at: at() };
    await tx
      .insertInto('telegram_messages')
      .values({ ...fresh, ...message, message_id: null, asking: 0, shown: null })
      .onConflict((oc) => oc.columns(['chat_id', 'about']).doNothing())
      .execute();
  }

  /** Those that are out, or on their way, show what is new. */
  async function touch({ tx }: Write, orderId: string): Promise<void> {
    await tx
      .updateTable('telegram_messages')
      .set((eb) => ({ due_at: eb.fn.coalesce('due_at', eb.val(at())) }))
      .where('about', '=', orderId)
      .where('state', 'in', ['sending', 'sent'])
      .execute();
  }

  /** Also of a message that still waits or was given up: an alert that is stored is not looked at again. */
  async function setAlert(write: Write, orderId: string, alert: OrderEscalationKind | null): Promise<void> {
    const { tx } = write;
    await tx.updateTable('telegram_messages').set({ alert }).where('about', '=', orderId).execute();
    await touch(write, orderId);
  }

  return {
    async changes(storeId, { changes }) {
      const created = new Set<string>();
      for (const { type, by, orderId } of changes)
        if (type === 'order_created' && by.id !== IMPORTER.id) created.add(orderId);
      const orders = await Promise.all([...created].map((id) => readOrder(storeId, id)));
      const isUnseen = receipts.presence(storeId).displays.length === 0;
      await queue.write(storeId, async (write) => {
        for (const chat of await chatsOf(write.tx, storeId))
          for (const order of orders) {
            if (!order || !isOpen(order.status)) continue;
            if (chat.mode === 'always' || isUnseen)
              await add(write, chat, { kind: 'order', about: order.id, alert: null });
          }
        for (const orderId of new Set(changes.map((change) => change.orderId))) await touch(write, orderId);
      });
    },
    async escalations() {
      const open = await openEscalations(db);
      const alerts = new Map(open.filter(isOfOrder).map((one) => [one.orderId, one]));
      const shown = await db
        .selectFrom('telegram_messages')
        .select(['about', 'alert'])
        .where('kind', '=', 'order')
        .where('alert', 'is not', null)
        .execute();
      const known = new Set(shown.map(({ about, alert }) => `${about} ${alert}`));
      const chats = await db.selectFrom('telegram_chats').select('store_id').distinct().execute();
      const withChats = new Set(chats.map((chat) => chat.store_id));
      const news = open.filter(
        (one) =>
          withChats.has(one.storeId) &&
          (!isOfOrder(one) || !known.has(`${one.orderId} ${alerts.get(one.orderId)?.kind}`)),
      );
      const over = shown.filter(({ about }) => !alerts.has(about));
      const told = await db
        .selectFrom('telegram_messages')
        .select('about')
        .where('kind', '=', 'escalation')
        .where('about', 'in', ['', ...news.map((one) => one.id)])
        .execute();
      const toldIds = new Set(told.map(({ about }) => about));
      const untold = news.filter((one) => !toldIds.has(one.id));
      if (untold.length + over.length === 0) return;
      await queue.write(null, async (write) => {
        for (const { about } of over) await setAlert(write, about, null);
        for (const one of untold)
          for (const chat of await chatsOf(write.tx, one.storeId)) {
            if (isOfOrder(one)) {
              await add(write, chat, { kind: 'order', about: one.orderId, alert: one.kind });
              await setAlert(write, one.orderId, one.kind);
            } else if (chat.mode === 'always')
              await add(write, chat, { kind: 'escalation', about: one.id, alert: null });
          }
      });
    },
  };
}
