import type { Kysely } from 'kysely';
import type { TelegramChat } from '#contract/telegram.ts';
import { doubled, wholeRow } from '../database/checked-rows.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import type { TelegramChatRow } from './telegram-tables.ts';

export const chatFrom = ({ id, chat_id: chatId, name, mode }: TelegramChatRow): TelegramChat => ({
  id,
  chatId,
  name,
  mode,
});

/** A store's chats that are readable, oldest first. */
export async function chatsOf(db: Kysely<Tables>, storeId: string): Promise<TelegramChatRow[]> {
  const rows = await db
    .selectFrom('telegram_chats')
    .selectAll()
    .where('store_id', '=', storeId)
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => wholeRow('telegram_chats', row) ?? []);
}

/** Links a chat, or gives a linked one another name and mode. */
export async function linkChat(
  { tx }: Write,
  values: Omit<TelegramChatRow, 'checksum' | 'second_copy'>,
): Promise<void> {
  const known = (await chatsOf(tx, values.store_id)).find(({ chat_id }) => chat_id === values.chat_id);
  const row = doubled('telegram_chats', { ...(known ?? values), name: values.name, mode: values.mode });
  await tx
    .insertInto('telegram_chats')
    .values(row)
    .onConflict((oc) => oc.columns(['store_id', 'chat_id']).doUpdateSet(row))
    .execute();
}

/**
 * Unlinks a chat from a store; null: from all. What waits is not sent. Its messages are known on: a chat that is linked again
 * gets none twice.
 */
export async function removeChat({ tx }: Write, chatId: string, storeId: string | null = null): Promise<void> {
  let chats = tx.deleteFrom('telegram_chats').where('chat_id', '=', chatId);
  let due = tx.updateTable('telegram_messages').where('chat_id', '=', chatId).where('due_at', 'is not', null);
  if (storeId !== null) {
    chats = chats.where('store_id', '=', storeId);
    due = due.where('store_id', '=', storeId);
  }
  await chats.execute();
  await due.where('state', '=', 'waiting').set({ due_at: null, state: 'given_up' }).execute();
  await due.set({ due_at: null }).execute();
}

/** A group has got another id. */
export async function moveChat({ tx }: Write, from: string, to: string): Promise<void> {
  const stores = tx.selectFrom('telegram_chats').select('store_id').where('chat_id', '=', to);
  await tx.deleteFrom('telegram_chats').where('chat_id', '=', from).where('store_id', 'in', stores).execute();
  for (const row of await tx.selectFrom('telegram_chats').selectAll().where('chat_id', '=', from).execute()) {
    const moved = doubled('telegram_chats', { ...row, chat_id: to });
    await tx.updateTable('telegram_chats').set(moved).where('id', '=', row.id).execute();
  }
  const known = tx.selectFrom('telegram_messages').select('about').where('chat_id', '=', to);
  await tx.deleteFrom('telegram_messages').where('chat_id', '=', from).where('about', 'in', known).execute();
  await tx.updateTable('telegram_messages').set({ chat_id: to }).where('chat_id', '=', from).execute();
}
