import type { Undo } from '#contract/bridge.ts';
import { createAccessService } from './access/access-service.ts';
import { createSeenDevices } from './access/seen-devices.ts';
import { numbered } from './commands/numbered.ts';
import { submitCommands } from './commands/submit-commands.ts';
import { openDatabase } from './database/open-database.ts';
import { createWriteDoor } from './database/write-door.ts';
import { createLogService } from './log/log-service.ts';
import { createRecentChanges } from './log/recent-changes.ts';
import { createOrderService } from './orders/order-service.ts';
import { applyRetention, type Released } from './retention/apply-retention.ts';
import { RETENTION_LIMITS, type RetentionLimits } from './retention/limits.ts';
import type { Service } from './service.ts';
import { createStoreStats } from './stats/store-stats.ts';
import { createStoreService } from './stores/store-service.ts';

/** How often it is written down which devices were heard of, ms. */
const SEEN_EVERY_MS = 5_000;
const CLEAN_EVERY_MS = 3_600_000;

export interface ServiceLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface ServiceOptions {
  /** `file:` and a path. */
  databaseUrl: string;
  adminToken: string | null;
  log: ServiceLog;
  /** ms since 1970. */
  now?: () => number;
  /** Other limits than the contract's, for tests with few rows. */
  retention?: Partial<RetentionLimits>;
}

export interface DataService extends Service {
  /** Rule S7, now; by itself once an hour. */
  clean(): Promise<Released>;
}

/** Opens the database and puts the data side together. Rejects with one sentence for a person. */
export async function createService({
  databaseUrl,
  adminToken,
  log,
  now = Date.now,
  retention,
}: ServiceOptions): Promise<DataService> {
  const { db, close } = await openDatabase(databaseUrl, {
    now: now(),
    onTrouble: (error) => log.error({ err: error }, 'the database is in trouble'),
  });
  const recent = createRecentChanges(db);
  const logService = createLogService({ db, recent, log, now });
  const door = createWriteDoor({ db, onCommit: logService.committed });
  const seen = createSeenDevices(door);
  const ledger = {
    now,
    onQuarantine: (device: { id: string }, command: { n: number }, error: unknown) =>
      log.error({ err: error, deviceId: device.id, n: command.n }, 'a command made the server fail; set aside'),
  };
  const limits = { ...RETENTION_LIMITS, ...retention };
  const stops = [
    every(SEEN_EVERY_MS, () => seen.flush()),
    every(CLEAN_EVERY_MS, async () => log.info(await clean(), 'let go of what is past its time')),
  ];
  let closing: Promise<void> | undefined;

  return {
    ready: async () => void (await db.selectFrom('stores').select('id').limit(1).execute()),
    close: () => (closing ??= shutDown()),
    access: createAccessService({ db, door, seen, adminToken, now }),
    stores: createStoreService(db, door, now),
    orders: createOrderService({ db, door, stats: createStoreStats(db, recent, now), now }),
    log: logService.log,
    clean,
    async submitCommands(device, commands) {
      const batch = numbered(commands);
      return door.write((write) => submitCommands(write, device, batch, ledger));
    },
  };

  function clean(): Promise<Released> {
    return applyRetention({ db, door, limits, onFloorRaised: recent.forget }, now());
  }

  async function shutDown(): Promise<void> {
    for (const stop of stops) stop();
    await seen.flush().catch(() => undefined);
    await door.close();
    await close();
  }

  function every(ms: number, job: () => Promise<void>): Undo {
    const timer = setInterval(() => {
      job().catch((error: unknown) => log.warn({ err: error }, 'a background write failed; it is tried again'));
    }, ms);
    timer.unref();
    return () => clearInterval(timer);
  }
}
