import type { Kysely } from 'kysely';
import type { CommandResult } from '#contract/command.ts';
import { isWhole, withChecksum } from '../database/checked-rows.ts';
import { hotStatement } from '../database/hot-statement.ts';
import type { Tables } from '../database/tables.ts';
import { findOrder, type Replacements } from '../orders/order-rows.ts';

/**
 * The ledger: the answer to each command of a device, kept for 35 days (C2, S7). Of a rejection, it keeps the order's id
 * in place of the order; a whole order per refused command would fill the disk.
 */
type StoredAnswer = CommandResult & { orderId?: string };

/** The stored answers of the answered commands, JSON, by commandId; null: one of them is damaged. */
export async function storedAnswers(
  db: Kysely<Tables>,
  deviceId: string,
  commandIds: readonly string[],
): Promise<Map<string, string> | null> {
  const rows = await db
    .selectFrom('commands')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('command_id', 'in', commandIds)
    .execute();
  return rows.every((row) => isWhole('commands', row))
    ? new Map(rows.map((row) => [row.command_id, row.result]))
    : null;
}

/** @param at ISO */
export function answerRow(deviceId: string, { order, ...answer }: CommandResult, at: string): Tables['commands'] {
  const json = JSON.stringify({ ...answer, ...(order && { orderId: order.id }) } satisfies StoredAnswer);
  return withChecksum('commands', { device_id: deviceId, command_id: answer.commandId, result: json, at });
}

/** Stores an answer and returns it as stored. */
export async function storeAnswer(
  db: Kysely<Tables>,
  deviceId: string,
  answer: CommandResult,
  now: number,
): Promise<string> {
  const row = answerRow(deviceId, answer, new Date(now).toISOString());
  await insertAnswer(db, row);
  return row.result;
}

const insertAnswer = hotStatement((db, row: Tables['commands']) => db.insertInto('commands').values(row));

/** A stored answer for a repeated command: a rejection with the order as it is now (C4). */
export async function replayAnswer(
  db: Kysely<Tables>,
  storeId: string,
  stored: string,
  replacements: Replacements,
): Promise<CommandResult> {
  const { orderId, ...answer } = JSON.parse(stored) as StoredAnswer;
  const order = orderId === undefined ? undefined : await findOrder(db, storeId, orderId, replacements);
  return { ...answer, ...(order && { order }), replayed: true };
}

/** The commands that the ledger holds (C3). */
export async function knownCommands(
  db: Kysely<Tables>,
  deviceId: string,
  commandIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('commands')
    .select('command_id')
    .where('device_id', '=', deviceId)
    .where('command_id', 'in', commandIds)
    .execute();
  return rows.map((row) => row.command_id);
}
