import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueueStore } from '#core/stores.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteQueue } from './sqlite-queue.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-queue-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (migrations: readonly string[]) =>
  openDatabase({ file: join(dir, 'queue.db'), migrations, synchronous: 'FULL' });

interface Old {
  generation?: number;
  type?: string;
  payload?: string;
  answeredAt?: number;
}
/** A queue with these numbered commands, named by id, in the order of the taps. */
function numbered(
  rows: Record<string, Old>,
  identity: Partial<{ generation: number; renew: number }> = {},
): Database.Database {
  const db = open(QUEUE_MIGRATIONS.slice(0, 3));
  const { generation = 2, renew = 0 } = identity;
  db.prepare('INSERT INTO identity VALUES (1, ?, 9, ?, ?, ?, ?)').run(generation, renew, 'hash', 'd1', 'Kitchen');
  for (const [i, [id, row]] of Object.entries(rows).entries()) {
    const { generation: of = generation, type = 'acknowledge', payload = '{}', answeredAt = null } = row;
    const answer = answeredAt === null ? [null, null, null] : ['applied', 5, 'e'];
    db.prepare(
      `INSERT INTO commands (generation, n, command_id, order_id, type, payload, base_version, issued_at,
         outcome, seq, epoch, answered_at) VALUES (?, ?, ?, 'o1', ?, ?, 3, '2026-11-21T10:00:00.000Z', ?, ?, ?, ?)`,
    ).run(of, i + 1, id, type, payload, ...answer, answeredAt);
  }
  return db;
}
function migrated(db: Database.Database): QueueStore {
  db.close();
  return sqliteQueue(open(QUEUE_MIGRATIONS));
}
const waiting = (queue: QueueStore) => queue.unsettled(null, 0);
/** The waiting commands, each with its predecessor. */
const chain = (queue: QueueStore) =>
  waiting(queue).map(({ id, commandId }) => `${queue.predecessor(id)?.commandId} → ${commandId}`);

describe('[C1] a queue with numbered commands becomes a chain', () => {
  it('in the order of the taps, with waiting and answered ones', () => {
    const queue = migrated(numbered({ a: { answeredAt: 100 }, b: { answeredAt: 200 }, c: {}, d: {} }));
    expect(chain(queue)).toEqual(['b → c', 'c → d']);
    expect(waiting(queue)[0]).toEqual({
      id: 3,
      commandId: 'c',
      orderId: 'o1',
      intent: { type: 'acknowledge', payload: {} },
      baseVersion: 3,
      issuedAt: '2026-11-21T10:00:00.000Z',
      answer: null,
    });
    expect(queue.answered({ since: 0, before: 9, limit: 9 }).map(({ commandId }) => commandId)).toEqual(['b', 'a']);
    expect(queue.predecessor(2)?.answer).toEqual({ outcome: 'applied', seq: 5, epoch: 'e', at: 100 });
    expect(queue.identity()).toEqual({ tokenHash: 'hash', deviceId: 'd1', deviceName: 'Kitchen' });
    queue.close();
  });

  it('without the commands that only filled a number', () => {
    const queue = migrated(
      numbered({ a: {}, filler: { type: 'void' }, b: {}, done: { type: 'void', answeredAt: 100 }, c: {} }),
    );
    expect(chain(queue)).toEqual(['undefined → a', 'a → b', 'b → c']);
    queue.close();
  });

  it('without the answers that another device got, but with its waiting commands', () => {
    const queue = migrated(
      numbered(
        { old: { generation: 1, answeredAt: 100 }, left: { generation: 1 }, fresh: { generation: 2 } },
        { generation: 2, renew: 1 },
      ),
    );
    expect(chain(queue)).toEqual(['undefined → left', 'left → fresh']);
    queue.close();
  });

  it('that keeps an unreadable command, to report it to a person', () => {
    const queue = migrated(numbered({ a: { payload: 'garbage' }, b: {} }));
    expect(waiting(queue).map(({ intent }) => intent?.type ?? null)).toEqual([null, 'acknowledge']);
    queue.close();
  });

  it('that the next tap is appended to', () => {
    const queue = migrated(numbered({ a: {}, filler: { type: 'void' } }));
    const [first] = waiting(queue);
    const { id, ...row } = first ?? { id: 0, commandId: '' };
    queue.insert({ ...(row as Parameters<QueueStore['insert']>[0]), commandId: 'next' });
    expect(id).toBe(1);
    expect(chain(queue)).toEqual(['undefined → a', 'a → next']);
    queue.close();
  });
});
