import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { Random } from '#test/support/random.ts';

const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const FRAME = FRAME_HEADER + 4_096;

interface Range {
  from: number;
  to: number;
}

/** Flips a random bit of a file that is not in use, if it exists and is not empty. */
export function flipBit(file: string, random: Random, range?: Range): void {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const { from, to } = range ?? { from: 0, to: bytes.length };
  if (from >= to) return;
  const at = random.int(from, to - 1);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random.int(0, 7)), at);
  writeFileSync(file, bytes);
}

/**
 * Flips a random bit of a stopped program's database. A kill leaves nearly all pages in the log, and nobody reads their older
 * versions in the file; so the log is moved into the file first, as at a normal end.
 */
export function flipDatabaseBit(file: string, random: Random): void {
  if (!existsSync(file)) return;
  moveLogIntoFile(new Sqlite(file)).close();
  flipBit(file, random);
}

function moveLogIntoFile(db: Sqlite.Database): Sqlite.Database {
  db.pragma('wal_checkpoint(TRUNCATE)');
  return db;
}

/**
 * Flips a random bit of a database's write-ahead log, except of the last commit's mark: without it, a commit cannot be told
 * from a transaction that a kill interrupted.
 */
export function flipLogBit(file: string, random: Random): void {
  const log = `${file}-wal`;
  const bytes = existsSync(log) ? readFileSync(log) : Buffer.alloc(0);
  const frames = Math.max(0, Math.floor((bytes.length - WAL_HEADER) / FRAME));
  const markOf = (frame: number): number => WAL_HEADER + frame * FRAME + 4;
  const last = Array.from({ length: frames }, (_, frame) => frame).findLast((frame) =>
    bytes.readUInt32BE(markOf(frame)),
  );
  if (last === undefined) return;
  const mark = markOf(last);
  flipBit(
    log,
    random,
    random.chance(mark / (mark + FRAME)) ? { from: 0, to: mark } : { from: mark + 4, to: mark - 4 + FRAME },
  );
}

/** Flips a random bit of the pages of the server's table of orders. */
export function flipOrderBit(file: string, random: Random): void {
  const db = moveLogIntoFile(new Sqlite(file));
  const pages = db
    .prepare<[], { at: number; size: number }>(
      "SELECT pgoffset AS at, pgsize AS size FROM dbstat WHERE name = 'orders'",
    )
    .all();
  db.close();
  const { at, size } = random.pick(pages);
  flipBit(file, random, { from: at, to: at + size });
}

/** Changes one stored value of a random change in the server's log. Not its place in the log, by which the checks find it. */
export function damageChange(file: string, random: Random): void {
  const db = new Sqlite(file);
  const column = random.pick(['body', 'at', 'by_name', 'type']);
  db.prepare(
    `UPDATE changes SET ${column} = replace(${column}, substr(${column}, 3, 1), '~')
     WHERE seq = (SELECT seq FROM changes WHERE ${column} IS NOT NULL ORDER BY seq LIMIT 1 OFFSET ?)`,
  ).run(random.int(0, 5));
  db.close();
}
