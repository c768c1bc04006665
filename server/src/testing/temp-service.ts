import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { createService, type DataService, type ServiceOptions } from '../create-service.ts';
import type { Notifier } from '../escalation/notifier.ts';
import type { RetentionLimits } from '../retention/limits.ts';
import type { TelegramSettings } from '../telegram/telegram.ts';
import { newPostgresDatabase, type TestDatabase } from './postgres-databases.ts';

/** A real service over a new database, with a settable clock. */
export interface TempService {
  service: DataService;
  /** Opens another service over the same database, like another process; see `shared`. */
  open(): Promise<DataService>;
  /**
   * The server's time, ms. Setting it lets that much time pass. `ahead` is the part by which the clock was set without
   * time passing.
   */
  clock: { now: number; ahead: number };
  /** Logged error messages. */
  logged: string[];
  /** Characters in all rows of a table. */
  bytesOf(table: string): Promise<number>;
  /** Runs one statement in its database, like another program. @returns the rows that it reads */
  run(statement: string): Promise<Record<string, unknown>[]>;
  /** Changes rows like a faulty disk, which knows no foreign keys. */
  damage(statement: string): Promise<void>;
  /** Closes the service and opens the same database again; `service` is then the new one. */
  restart(): Promise<DataService>;
  /** Closes its services and removes their data. */
  dispose(): Promise<void>;
}

export interface TempOptions {
  now?: number;
  retention?: Partial<RetentionLimits>;
  notifiers?: readonly Notifier[];
  /** Lets several services open the database. */
  shared?: boolean;
  /** Time limit of one try of a webhook, ms. Webhooks may go to this machine. */
  webhookWithinMs?: number;
  /** The bot of Telegram. */
  telegram?: TelegramSettings;
  printTicket?: ServiceOptions['printTicket'];
  /** Called with the path of the SQLite file before it is opened. */
  prepare?: (file: string) => void;
}
export type OpenTemp = (options?: TempOptions) => Promise<TempService>;

export const ADMIN_TOKEN = 'admin-token-of-the-tests-0123456789';
/** A Saturday morning. */
export const MORNING = Date.parse('2026-11-21T06:00:00.000Z');

/** On a SQLite file in a temporary folder. */
export async function sqliteService(options: TempOptions = {}): Promise<TempService & { file: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-'));
  const file = join(dir, 'server.db');
  options.prepare?.(file);
  const temp = await serviceOn(options, {
    url: `file:${file}`,
    async run(statement) {
      const raw = new Sqlite(file);
      const prepared = raw.prepare<[], Record<string, unknown>>(statement);
      if (!prepared.reader) prepared.run();
      const rows = prepared.reader ? prepared.all() : [];
      raw.close();
      return rows;
    },
    async damage(statement) {
      const raw = new Sqlite(file);
      raw.pragma('foreign_keys = OFF');
      raw.exec(statement);
      raw.close();
    },
    drop: async () => rmSync(dir, { recursive: true, force: true }),
  });
  return Object.assign(temp, { file });
}

/** @param database by default a new one on the PostgreSQL server of this test run */
export const postgresService = async (options: TempOptions = {}, database?: TestDatabase): Promise<TempService> =>
  serviceOn(options, database ?? (await newPostgresDatabase()));

async function serviceOn(
  {
    now = MORNING,
    retention = {},
    notifiers = [],
    shared = false,
    webhookWithinMs = 15_000,
    telegram,
    printTicket,
  }: TempOptions,
  { url, run, damage, drop }: TestDatabase,
): Promise<TempService> {
  const clock = { now, ahead: 0 };
  const logged: string[] = [];
  const note = (_details: object, message: string) => void logged.push(message);
  const opened: DataService[] = [];
  async function open() {
    const service = await createService({
      databaseUrl: url,
      adminToken: ADMIN_TOKEN,
      log: { info: () => {}, warn: note, error: note },
      now: () => clock.now,
      elapsed: () => clock.now - clock.ahead,
      notifiers,
      retention,
      shared,
      privateTargets: true,
      webhookWithinMs,
      telegram: telegram ?? null,
      ...(printTicket && { printTicket }),
    });
    opened.push(service);
    return service;
  }
  const temp = {
    open,
    run,
    damage,
    clock,
    logged,
    service: await open(),
    bytesOf: async (table: string) => JSON.stringify(await run(`select * from ${table}`)).length,
    async restart() {
      await temp.service.close();
      temp.service = await open();
      return temp.service;
    },
    async dispose() {
      for (const service of opened) await service.close();
      await drop();
    },
  };
  return temp;
}
