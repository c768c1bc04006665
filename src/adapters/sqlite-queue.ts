import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { Intent, type Outcome } from '#contract/command.ts';
import { FailedCommand } from '#contract/failed-command.ts';
import { type CommandRow, FRESH_IDENTITY, type Identity, type QueueStore } from '#core/stores.ts';
import type { Repair } from './checked-tables.ts';
import { nextNumber } from './row-number.ts';
import { createRowScan } from './row-scan.ts';
import { sqlitePrints } from './sqlite-prints.ts';
import { faultsOf } from './storage-fault.ts';
import { unreadableCommand } from './unreadable-command.ts';
import { verifyFiles } from './verify-files.ts';

interface Row {
  id: number;
  commandId: string;
  orderId: string;
  type: string;
  payload: string;
  baseVersion: number;
  issuedAt: string;
  outcome: Outcome | null;
  seq: number | null;
  epoch: string | null;
  answeredAt: number | null;
}
const COLUMNS = `id, command_id AS commandId, order_id AS orderId, type, payload,
  base_version AS baseVersion, issued_at AS issuedAt, outcome, seq, epoch, answered_at AS answeredAt`;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function commandOf(row: Row): CommandRow {
  const { type, payload, outcome, seq, epoch, answeredAt, ...rest } = row;
  const intent = Intent.safeParse({ type, payload: parsed(payload) });
  const answered = outcome !== null && seq !== null && epoch !== null && answeredAt !== null;
  return {
    ...rest,
    intent: intent.success ? intent.data : null,
    answer: answered ? { outcome, seq, epoch, at: answeredAt } : null,
  };
}

const answerColumns = (answer: CommandRow['answer']) => ({
  outcome: answer?.outcome ?? null,
  seq: answer?.seq ?? null,
  epoch: answer?.epoch ?? null,
  answeredAt: answer?.at ?? null,
});

function columnsOf(row: Omit<CommandRow, 'id'>) {
  const { intent, answer, ...rest } = row;
  return {
    ...rest,
    type: intent?.type ?? 'unreadable',
    payload: JSON.stringify(intent?.payload ?? null),
    ...answerColumns(answer),
  };
}

export const repairQueue: Repair = (table, row) => {
  if (table === 'commands') return unreadableCommand(row, randomUUID());
  // It may have been printed: once more, marked, is the most that may come of it.
  return table === 'prints' ? { ...row, state: 'waiting', reprint: 1 } : null;
};

/** The queue over an open database of `QUEUE_MIGRATIONS`. */
export function sqliteQueue(db: Database.Database): QueueStore {
  const identity = db.prepare<[], Identity>(
    'SELECT token_hash AS tokenHash, device_id AS deviceId, device_name AS deviceName FROM identity',
  );
  const setIdentity = db.prepare(
    `INSERT OR REPLACE INTO identity (only, token_hash, device_id, device_name, checksum)
     VALUES (1, :tokenHash, :deviceId, :deviceName, row_checksum(:tokenHash, :deviceId, :deviceName))`,
  );
  const insert = db.prepare(
    `INSERT INTO commands (id, command_id, order_id, type, payload, base_version, issued_at, outcome, seq, epoch,
       answered_at, checksum)
     SELECT next, :commandId, :orderId, :type, :payload, :baseVersion, :issuedAt, :outcome, :seq, :epoch, :answeredAt,
       row_checksum(next, :commandId, :orderId, :type, :payload, :baseVersion, :issuedAt, :outcome, :seq, :epoch,
         :answeredAt)
     FROM (SELECT ${nextNumber('commands')} AS next)`,
  );
  const setAnswer = db.prepare(
    `UPDATE commands SET outcome = :outcome, seq = :seq, epoch = :epoch, answered_at = :answeredAt,
       checksum = row_checksum(id, command_id, order_id, type, payload, base_version, issued_at, :outcome, :seq, :epoch,
         :answeredAt)
     WHERE id = :id`,
  );
  const setIssuedAt = db.prepare(
    `UPDATE commands SET issued_at = :issuedAt,
       checksum = row_checksum(id, command_id, order_id, type, payload, base_version, :issuedAt, outcome, seq, epoch,
         answered_at)
     WHERE id = :id`,
  );
  const remove = db.prepare('DELETE FROM commands WHERE id = ?');
  const unsettled = db.prepare<[string | null, number], Row>(
    `SELECT ${COLUMNS} FROM commands WHERE outcome IS NULL
     UNION ALL SELECT ${COLUMNS} FROM commands WHERE outcome IS NOT NULL AND epoch = ? AND seq > ? ORDER BY id`,
  );
  const predecessor = db.prepare<[number], Row>(
    `SELECT ${COLUMNS} FROM commands WHERE id < ? ORDER BY id DESC LIMIT 1`,
  );
  const answered = db.prepare<[number, number, number], Pick<CommandRow, 'id' | 'commandId'>>(
    `SELECT id, command_id AS commandId FROM commands
     WHERE outcome IS NOT NULL AND answered_at >= ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  const redate = db.prepare(
    `UPDATE commands SET answered_at = :at,
       checksum = row_checksum(id, command_id, order_id, type, payload, base_version, issued_at, outcome, seq, epoch, :at)
     WHERE outcome IS NOT NULL AND answered_at > :at`,
  );
  const forget = db.prepare('DELETE FROM commands WHERE outcome IS NOT NULL AND answered_at < ?');
  const failedCommands = db.prepare<[], { body: string }>('SELECT body FROM attention ORDER BY at, id');
  const addFailedCommand = db.prepare(
    'INSERT OR IGNORE INTO attention (id, at, body, checksum) VALUES (:id, :at, :body, row_checksum(:id, :at, :body))',
  );
  const removeFailedCommand = db.prepare('DELETE FROM attention WHERE id = ?');
  const claimAlert = db.prepare(
    'INSERT OR IGNORE INTO alerts (order_id, at, checksum) VALUES (:orderId, :at, row_checksum(:orderId, :at))',
  );
  const forgetAlerts = db.prepare(
    'DELETE FROM alerts WHERE at < ? AND order_id NOT IN (SELECT value FROM json_each(?))',
  );
  const settings = db.prepare<[], { body: string }>('SELECT body FROM settings');
  const setSettings = db.prepare(
    'INSERT OR REPLACE INTO settings (only, body, checksum) VALUES (1, :body, row_checksum(:body))',
  );
  const note = db.prepare<[string], { body: string }>('SELECT body FROM notes WHERE key = ?');
  const setNote = db.prepare(
    'INSERT OR REPLACE INTO notes (key, body, checksum) VALUES (:key, :body, row_checksum(:key, :body))',
  );
  const run = <T>(action: () => T): T => faultsOf('queue', action);
  const checkFile = verifyFiles(db);
  const scan = createRowScan(db, repairQueue, () => {
    if (!db.memory) db.prepare('VACUUM INTO ?').run(`${db.name}.damaged-${Date.now()}`);
  });
  const write = <T>(action: () => T): T =>
    run(() => {
      if (!db.inTransaction) checkFile();
      return action();
    });
  const transaction = <T>(action: () => T): T =>
    write(() => (db.inTransaction ? action() : db.transaction(action).immediate()));

  return {
    transaction,
    checkFile,
    mendNextRows: () => run(scan),
    close: () => db.close(),
    identity: () => run(() => identity.get() ?? FRESH_IDENTITY),
    setIdentity: (to) => write(() => void setIdentity.run(to)),
    insert: (row) => write(() => ({ ...row, id: Number(insert.run(columnsOf(row)).lastInsertRowid) })),
    setIssuedAt: (id, issuedAt) => write(() => void setIssuedAt.run({ id, issuedAt })),
    setAnswer: (id, answer) => write(() => void setAnswer.run({ ...answerColumns(answer), id })),
    remove: (id) => write(() => void remove.run(id)),
    settle() {
      try {
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // It stays in the log.
      }
    },
    unsettled: (epoch, cursor) => run(() => unsettled.all(epoch, cursor).map(commandOf)),
    predecessor(id) {
      const row = run(() => predecessor.get(id));
      return row && commandOf(row);
    },
    answered: ({ since, before, limit }) => run(() => answered.all(since, before, limit)),
    redateAnswersAfter: (at) => write(() => void redate.run({ at })),
    forgetAnsweredBefore: (at) => write(() => void forget.run(at)),
    failedCommands: () =>
      run(() => failedCommands.all().flatMap(({ body }) => FailedCommand.safeParse(parsed(body)).data ?? [])),
    addFailedCommand: (one) =>
      write(() => void addFailedCommand.run({ id: one.id, at: one.at, body: JSON.stringify(one) })),
    removeFailedCommand: (id) => write(() => removeFailedCommand.run(id).changes > 0),
    claimAlerts: (orderIds, at) =>
      transaction(() => orderIds.filter((orderId) => claimAlert.run({ orderId, at }).changes > 0)),
    forgetAlertsBefore: (at, but) => write(() => void forgetAlerts.run(at, JSON.stringify(but))),
    settings: () =>
      run(() => {
        const row = settings.get();
        return row ? parsed(row.body) : null;
      }),
    setSettings: (to) => write(() => void setSettings.run({ body: JSON.stringify(to) })),
    ...sqlitePrints(db, { run, write, transaction }),
    note: (key) =>
      run(() => {
        const row = note.get(key);
        return row ? parsed(row.body) : null;
      }),
    setNote: (key, value) => write(() => void setNote.run({ key, body: JSON.stringify(value) })),
  };
}
