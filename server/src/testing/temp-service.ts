import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createService, type DataService } from '../create-service.ts';
import type { Notifier } from '../escalation/notifier.ts';
import type { RetentionLimits } from '../retention/limits.ts';

/** A real service over a new database, with a clock to turn. */
export interface TempService {
  service: DataService;
  /** Opens one more service over the same database, as another process would; see `shared`. */
  open(): Promise<DataService>;
  /**
   * What the server takes for the time, ms; may be set: so much time has passed then. `ahead` is by how much of that the
   * clock was set rather than time passed.
   */
  clock: { now: number; ahead: number };
  /** Messages of what went wrong, as logged. */
  logged: string[];
  /** Closes the service and opens the same database again; `service` is the new one from then on. */
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
  /** Called with the path of the database file before it is opened. */
  prepare?: (file: string) => void;
}
export type OpenTemp = (options?: TempOptions) => Promise<TempService>;

export const ADMIN_TOKEN = 'admin-token-of-the-tests-0123456789';
/** A Saturday morning in the kitchen. */
export const MORNING = Date.parse('2026-11-21T06:00:00.000Z');

/** On a SQLite file in a temporary folder. */
export async function sqliteService({
  now = MORNING,
  retention = {},
  notifiers = [],
  shared = false,
  prepare,
}: TempOptions = {}): Promise<TempService & { file: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-'));
  const file = join(dir, 'server.db');
  prepare?.(file);
  const clock = { now, ahead: 0 };
  const logged: string[] = [];
  const note = (_details: object, message: string) => void logged.push(message);
  const opened: DataService[] = [];
  async function open() {
    const service = await createService({
      databaseUrl: `file:${file}`,
      adminToken: ADMIN_TOKEN,
      log: { info: () => {}, warn: note, error: note },
      now: () => clock.now,
      elapsed: () => clock.now - clock.ahead,
      notifiers,
      retention,
      shared,
    });
    opened.push(service);
    return service;
  }
  const temp = {
    file,
    open,
    clock,
    logged,
    service: await open(),
    async restart() {
      await temp.service.close();
      temp.service = await open();
      return temp.service;
    },
    async dispose() {
      for (const service of opened) await service.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return temp;
}
