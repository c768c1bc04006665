import type { TelegramChat } from '#contract/telegram.ts';
import type { TelegramChatRow } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';

export const chatFrom = ({ id, chat_id: chatId, name, mode }: TelegramChatRow): TelegramChat => ({
  id,
  chatId,
  name,
  mode,
});

/** Links a chat, or gives a linked one another name and mode. */
export async function linkChat({ tx }: Write, row: TelegramChatRow): Promise<void> {
  const { name, mode } = row;
  await tx
    .insertInto('telegram_chats')
    .values(row)
    .onConflict((oc) => oc.columns(['store_id', 'chat_id']).doUpdateSet({ name, mode }))
    .execute();
}

/** Unlinks a chat from all stores. Its messages are known on: a chat that is linked again gets none twice. */
export async function removeChat({ tx }: Write, chatId: string): Promise<void> {
  await tx.deleteFrom('telegram_chats').where('chat_id', '=', chatId).execute();
}

/** A group has got another id. */
export async function moveChat({ tx }: Write, from: string, to: string): Promise<void> {
  const stores = tx.selectFrom('telegram_chats').select('store_id').where('chat_id', '=', to);
  await tx.deleteFrom('telegram_chats').where('chat_id', '=', from).where('store_id', 'in', stores).execute();
  await tx.updateTable('telegram_chats').set({ chat_id: to }).where('chat_id', '=', from).execute();
  const known = tx.selectFrom('telegram_messages').select('about').where('chat_id', '=', to);
  await tx.deleteFrom('telegram_messages').where('chat_id', '=', from).where('about', 'in', known).execute();
  await tx.updateTable('telegram_messages').set({ chat_id: to }).where('chat_id', '=', from).execute();
}
