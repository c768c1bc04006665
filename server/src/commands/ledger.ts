import type { Kysely } from 'kysely';
import type { CommandResult } from '#contract/command.ts';
import type { Tables } from '../database/tables.ts';

/** The ledger: the answer to each command of a device, kept for 35 days (C2, S7). */

/** The stored answers of the answered commands, JSON, by commandId. */
export async function storedAnswers(
  db: Kysely<Tables>,
  deviceId: string,
  commandIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('commands')
    .select(['command_id', 'result'])
    .where('device_id', '=', deviceId)
    .where('command_id', 'in', commandIds)
    .execute();
  return new Map(rows.map((row) => [row.command_id, row.result]));
}

/** Stores an answer and returns it as stored. */
export async function storeAnswer(
  db: Kysely<Tables>,
  deviceId: string,
  result: CommandResult,
  now: number,
): Promise<string> {
  const json = JSON.stringify(result);
  await db
    .insertInto('commands')
    .values({ device_id: deviceId, command_id: result.commandId, result: json, at: new Date(now).toISOString() })
    .execute();
  return json;
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
