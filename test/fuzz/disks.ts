import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

const PARTS = ['', '-wal'];

/** Copies a database file with its log, without an open transaction. */
export function copyDatabase(from: string, to: string): void {
  for (const part of PARTS) {
    if (existsSync(from + part)) copyFileSync(from + part, to + part);
    else rmSync(to + part, { force: true });
  }
}

export function copyDatabases(names: readonly string[], from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of names) copyDatabase(join(from, name), join(to, name));
}

/** The head of a server's log, as text. */
export function headOf(file: string): string {
  const db = new Sqlite(file, { readonly: true });
  const head = db
    .prepare("SELECT epoch || ' ' || head || ' ' || coalesce(head_hash, '') FROM store_logs")
    .pluck()
    .get();
  db.close();
  return String(head);
}

type Gate = (commit: () => unknown) => unknown;
const gates = new Map<string, Gate>();
const settings = new Map<string, string>();

/** Wraps every commit to this database file. */
export const guardCommits = (file: string, gate: Gate): void => void gates.set(file, gate);

/** Whether a power cut may revert the last commits to this file (`synchronous` is not FULL). */
export const mayLoseCommits = (file: string): boolean => settings.get(file) !== 'FULL';

export function forgetFiles(): void {
  gates.clear();
  settings.clear();
}

/** Patches better-sqlite3: wraps commits, and records the `synchronous` setting. */
export function watchSqlite(): void {
  const { prepare, pragma } = Sqlite.prototype;
  Object.assign(Sqlite.prototype, {
    prepare(this: Sqlite.Database, text: string) {
      const statement = prepare.call(this, text);
      const gate = text === 'commit' ? gates.get(this.name) : undefined;
      if (!gate) return statement;
      return { reader: false, run: (parameters: unknown[]) => gate(() => statement.run(parameters)) };
    },
    pragma(this: Sqlite.Database, text: string, options?: Sqlite.PragmaOptions) {
      const set = /^synchronous = (\w+)$/.exec(text)?.[1];
      if (set) settings.set(this.name, set);
      return pragma.call(this, text, options);
    },
  });
}
