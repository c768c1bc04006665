import type { CommandAnswer, CommandResult } from '#contract/command.ts';
import { BATCH_BYTES } from '#contract/sync.ts';
import type { DeviceCaller } from '../caller.ts';
import type { OnDamage } from '../database/damage.ts';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import { hotStatement } from '../database/hot-statement.ts';
import { type Write, withSavepoint } from '../database/write-queue.ts';
import { readLogRow } from '../log/read-log.ts';
import { mendFromLog } from '../mending/mend-from-log.ts';
import { DamagedOrders } from '../orders/damaged-orders.ts';
import type { Replacements } from '../orders/order-rows.ts';
import { ServiceError } from '../service-error.ts';
import { type Answer, answerCommand, rejected } from './answer-command.ts';
import { replayAnswer, storeAnswer, storedAnswers } from './ledger.ts';
import type { UncheckedCommand } from './parse-batch.ts';

/** A command on which the server fails is quarantined after this many tries (C5). */
const TRIES = 3;

export interface SubmitOptions {
  now(): number;
  /** The time (ms) from which the age of an answer counts. */
  dateOfAnswer(): number;
  /** Of damaged orders that were tried to mend. */
  replacements: Replacements;
  onQuarantine(device: DeviceCaller, command: UncheckedCommand, error: unknown): void;
  onDamage: OnDamage;
}

/**
 * Answers a display's batch in order, in the transaction that applies it (C1 to C6). A command in the ledger gets its
 * stored answer. A new one is consumed only if the ledger holds its predecessor; otherwise the batch stops there with
 * `expected`.
 */
export async function submitCommands(
  write: Write,
  device: DeviceCaller,
  batch: readonly UncheckedCommand[],
  options: SubmitOptions,
): Promise<CommandAnswer> {
  const { tx } = write;
  const [log] = await logOfDevice(tx, { id: device.id });
  if (!log) throw new ServiceError('unauthorized', 'This device has been revoked.');

  const ids = batch.flatMap(({ commandId, after }) => (after === null ? [commandId] : [commandId, after]));
  const readLedger = () => storedAnswers(tx, device.id, ids);
  const ledger = (await readLedger()) ?? (await mendFromLog(write, options).then(readLedger)) ?? new Map();
  const results: CommandResult[] = [];
  let expected: string | undefined;
  for (const command of batch) {
    const { commandId, after } = command;
    const stored = ledger.get(commandId);
    if (stored !== undefined) {
      results.push(await replayAnswer(tx, device.storeId, stored, options.replacements));
      continue;
    }
    if (after !== null && !ledger.has(after)) {
      expected = after;
      break;
    }
    const result = { commandId, ...(await answerOrQuarantine(write, device, command, options)) };
    ledger.set(commandId, await storeAnswer(tx, device.id, result, options.dateOfAnswer()));
    results.push(result);
  }
  return withinMessage({ epoch: log.epoch, results, ...(expected !== undefined && { expected }) });
}

const logOfDevice = hotStatement((db, { id }: { id: string }) =>
  db
    .selectFrom('devices')
    .innerJoin('store_logs', 'store_logs.store_id', 'devices.store_id')
    .select('epoch')
    .where('devices.id', '=', id)
    .where('token_hash', 'is not', null),
);

async function answerOrQuarantine(
  write: Write,
  device: DeviceCaller,
  command: UncheckedCommand,
  { now, replacements, onQuarantine }: SubmitOptions,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withSavepoint(write, 'command', () => answerCommand(write, device, command, now()));
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      if (error instanceof DamagedOrders && !error.ids.every((id) => replacements.has(id))) throw error;
      if (attempt < TRIES) continue;
      onQuarantine(device, command, error);
      const { head: seq } = await readLogRow(write.tx, device.storeId);
      return rejected('quarantined', 'The server failed on this command and has set it aside.', seq, undefined);
    }
  }
}

/** Omits results beyond the message size. They are stored; the display asks for them again (contract, section 6). */
function withinMessage(answer: CommandAnswer): CommandAnswer {
  let bytes = 0;
  const fits = answer.results.findIndex((result, index) => {
    bytes += Buffer.byteLength(JSON.stringify(result)) + 1;
    return index > 0 && bytes > BATCH_BYTES - 1024;
  });
  return fits < 0 ? answer : { epoch: answer.epoch, results: answer.results.slice(0, fits) };
}
