import type { CommandAnswer, CommandResult } from '#contract/command.ts';
import { BATCH_BYTES } from '#contract/sync.ts';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import { type Write, withSavepoint } from '../database/write-queue.ts';
import { type DeviceCaller, ServiceError } from '../service.ts';
import { type Answer, answerCommand, headOf, rejected } from './answer-command.ts';
import type { Numbered } from './numbered.ts';

/** After this many tries a command that makes the server fail is set aside (C5). */
const TRIES = 3;

export interface Ledger {
  now(): number;
  onQuarantine(device: DeviceCaller, command: Numbered, error: unknown): void;
}

/**
 * A display's batch, in order, through its ledger, in one transaction with its effects (C1 to C6). Each number is
 * answered once: a repeat gets the stored answer; one too far ahead stops the batch with `expected`; another command
 * under a known number stops it with `fork`, and nothing of it is stored.
 */
export async function submitCommands(
  write: Write,
  device: DeviceCaller,
  commands: readonly Numbered[],
  ledger: Ledger,
): Promise<CommandAnswer> {
  const { tx } = write;
  const state = await tx
    .selectFrom('devices')
    .innerJoin('store_logs', 'store_logs.store_id', 'devices.store_id')
    .select(['last_n', 'epoch'])
    .where('devices.id', '=', device.id)
    .where('token_hash', 'is not', null)
    .executeTakeFirst();
  if (!state) throw new ServiceError('unauthorized', 'This device has been revoked.');

  const results: CommandResult[] = [];
  let lastN = state.last_n;
  let expected: number | undefined;
  for (const command of commands) {
    const { n, commandId } = command;
    if (n > lastN + 1) {
      expected = lastN + 1;
      break;
    }
    if (n <= lastN) {
      const repeat = await repeated(write, device, command);
      results.push(repeat);
      if (repeat.code === 'fork') break;
      continue;
    }
    const result = { n, commandId, ...(await answerOrQuarantine(write, device, command, ledger)) };
    await tx
      .insertInto('commands')
      .values({ device_id: device.id, n, command_id: commandId, result: JSON.stringify(result), at: iso(ledger.now()) })
      .execute();
    results.push(result);
    lastN = n;
  }
  if (lastN > state.last_n)
    await tx.updateTable('devices').set({ last_n: lastN }).where('id', '=', device.id).execute();
  return withinMessage({ epoch: state.epoch, results, ...(expected !== undefined && { expected }) });
}

/** The first answer again. It is kept for 35 days (S7); who asks later is told that nobody knows any more. */
async function repeated(write: Write, device: DeviceCaller, { n, commandId }: Numbered): Promise<CommandResult> {
  const stored = await write.tx
    .selectFrom('commands')
    .select(['command_id', 'result'])
    .where('device_id', '=', device.id)
    .where('n', '=', n)
    .executeTakeFirst();
  if (stored?.command_id === commandId) return { ...(JSON.parse(stored.result) as CommandResult), replayed: true };
  const seq = await headOf(write, device.storeId);
  return stored
    ? { n, commandId, ...rejected('fork', 'Another command has this number already.', seq, undefined) }
    : { n, commandId, ...rejected('stale', 'This was answered long ago.', seq, undefined), replayed: true };
}

async function answerOrQuarantine(
  write: Write,
  device: DeviceCaller,
  command: Numbered,
  { now, onQuarantine }: Ledger,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withSavepoint(write, 'command', () => answerCommand(write, device, command, now()));
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      if (attempt < TRIES) continue;
      onQuarantine(device, command, error);
      const seq = await headOf(write, device.storeId);
      return rejected('quarantined', 'The server failed on this command and has set it aside.', seq, undefined);
    }
  }
}

/** Results past the size of a message are left out; they are stored, and asked for again (contract, section 6). */
export function withinMessage(answer: CommandAnswer): CommandAnswer {
  let bytes = 0;
  const fits = answer.results.findIndex((result, index) => {
    bytes += Buffer.byteLength(JSON.stringify(result)) + 1;
    return index > 0 && bytes > BATCH_BYTES - 1024;
  });
  return fits < 0 ? answer : { epoch: answer.epoch, results: answer.results.slice(0, fits) };
}

const iso = (ms: number): string => new Date(ms).toISOString();
