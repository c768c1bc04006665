import { printTicket } from '#paper/print-ticket.ts';
import { createAccessService } from './access/access-service.ts';
import { createSeenDevices } from './access/seen-devices.ts';
import { createAvailability } from './availability/create-availability.ts';
import { knownCommands } from './commands/ledger.ts';
import { parseBatch } from './commands/parse-batch.ts';
import { type SubmitOptions, submitCommands } from './commands/submit-commands.ts';
import { submitIntent } from './commands/submit-intent.ts';
import { createCustomerService } from './customers/customer-service.ts';
import { createDamageReports } from './database/damage-reports.ts';
import { describeDatabaseError } from './database/describe-database-error.ts';
import { openDatabase } from './database/open-database.ts';
import { type Commit, createWriteQueue } from './database/write-queue.ts';
import { createEscalations } from './escalation/create-escalations.ts';
import { createLogNotifier } from './escalation/log-notifier.ts';
import type { Notifier } from './escalation/notifier.ts';
import { createHints, type Hints } from './hints/hints.ts';
import { createMakeOnce } from './idempotency/make-once.ts';
import { createLeases } from './leases/create-leases.ts';
import { soleTerm, type Term } from './leases/term.ts';
import type { LogEntry } from './log/entry.ts';
import { createLogService } from './log/log-service.ts';
import { createRecentChanges } from './log/recent-changes.ts';
import { wasCommitted } from './log/was-committed.ts';
import { mendGrowingRows, mendRows } from './mending/mend-rows.ts';
import { type Nodes, shareDisplays } from './nodes/share-displays.ts';
import { checkRows } from './orders/check-rows.ts';
import { createIndexer } from './orders/create-indexer.ts';
import { createMending } from './orders/create-mending.ts';
import { putBackMissingOrders } from './orders/missing-orders.ts';
import { findOrder } from './orders/order-rows.ts';
import { createOrderService } from './orders/order-service.ts';
import { createPrinters } from './printing/create-printers.ts';
import { createForgetRevoked } from './receipts/forget-revoked.ts';
import { createReceipts } from './receipts/receipts.ts';
import { rememberDisplays } from './receipts/remember-displays.ts';
import { applyRetention, NOTHING_RELEASED, type Released } from './retention/apply-retention.ts';
import { RETENTION_LIMITS, type RetentionLimits } from './retention/limits.ts';
import type { Service } from './service.ts';
import { createSources } from './sources/create-sources.ts';
import { createCaughtJobs } from './sources/print/create-caught-jobs.ts';
import { createStoreStats } from './stats/store-stats.ts';
import { createStoreService } from './stores/store-service.ts';
import { createTelegram } from './telegram/create-telegram.ts';
import type { TelegramParts } from './telegram/parts.ts';
import type { TelegramSettings } from './telegram/telegram.ts';
import { watchClock } from './time/clock-watch.ts';
import { startDatabaseClock } from './time/database-clock.ts';
import { every } from './time/every.ts';
import { createWebhooks } from './webhooks/create-webhooks.ts';

/** How often last-seen times of devices are stored, ms. */
const SEEN_EVERY_MS = 5_000;
/** How often new orders are put into the search index, ms: many at once cost less. */
const INDEX_EVERY_MS = 1_000;
/** How often a missing database file is noticed while nothing is written, ms. */
const VERIFY_EVERY_MS = 5_000;
/** How often a display that a hint names is looked for in the database, ms. */
const LOOK_FOR_REVOKED_MS = 1_000;

export interface ServiceLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface ServiceOptions {
  /** `file:` plus a path, or `postgres://…`. */
  databaseUrl: string;
  adminToken: string | null;
  log: ServiceLog;
  /** ms since 1970; by default the database's time, or this machine's. */
  now?: () => number;
  /** ms on a clock that never jumps. */
  elapsed?: () => number;
  /** How processes that share the database hint at changes; by default this is the only one. */
  hints?: Hints;
  /** Receive escalations, beside the log. */
  notifiers?: readonly Notifier[];
  /** Replaces the contract's limits, for tests with few rows. */
  retention?: Partial<RetentionLimits>;
  /** The setting PRIVATE_TARGETS: webhooks may go to private addresses. */
  privateTargets?: boolean;
  /** The bot of Telegram; null, the default: none. */
  telegram?: TelegramSettings | null;
  /** Time limit of one try of a webhook, ms, for tests. */
  webhookWithinMs?: number;
  /** Prints a ticket, for tests. */
  printTicket?: typeof printTicket;
  /** Several services may open the same database; see `OpenOptions`. */
  shared?: boolean;
  /** How long a lease lasts that is not extended, ms, for tests. */
  leaseMs?: number;
}

export interface DataService extends Service {
  /** As of `Database`. */
  identity: string;
  /** Which displays are live on which nodes; null: a database of one node. */
  nodes: Nodes | null;
  /** Applies rule S7 now. Deletes nothing while the clock may be wrong. */
  clean(term?: Term): Promise<Released>;
  /** Begins to monitor orders as the work of a term, in each `escalate`. @returns ends it */
  monitorOrders(term: Term): () => Promise<void>;
  /** Raises and resolves escalations now. */
  escalate(): Promise<void>;
  /** Reports changes of what stores take that came without a hint, and times that have passed. */
  lookAtAvailability(): Promise<void>;
  /** Begins to deliver to webhooks. @returns ends it */
  deliverWebhooks(term?: Term): () => Promise<void>;
  /** Delivers to webhooks what is due. */
  lookAtWebhooks(): Promise<void>;
  /** Begins to pull orders and to say statuses. @returns ends it */
  runSources(term?: Term): () => Promise<void>;
  /** Finds sources that were changed. */
  lookAtSources(): Promise<void>;
  /** Runs the bot of Telegram, if there is one. @returns ends it */
  runTelegram(term?: Term): Promise<() => Promise<void>>;
  /** Begins to print. @returns ends it */
  startPrinters(term?: Term): Promise<() => Promise<void>>;
  /** Prints what is due. */
  lookAtPrinters(): Promise<void>;
  /** Puts the orders that wait for it into the search index, as once a second. */
  indexOrders(): Promise<void>;
  /** Reads every order and change in the background, and mends damaged orders. Resolves early when aborted. */
  checkRows(signal: AbortSignal): Promise<void>;
}

/**
 * Opens the database and builds the data side. Rejects with one readable sentence. What takes a term is, without one, done as
 * if there were no other server.
 */
export async function createService({
  databaseUrl,
  adminToken,
  log,
  now: givenNow,
  elapsed = () => performance.now(),
  notifiers = [],
  hints = createHints(log),
  retention,
  privateTargets = false,
  telegram: bot = null,
  webhookWithinMs,
  printTicket: print = printTicket,
  shared = false,
  leaseMs,
}: ServiceOptions): Promise<DataService> {
  const database = await openDatabase(databaseUrl, {
    now: (givenNow ?? Date.now)(),
    shared,
    onFault: (error) =>
      log.error({ err: error }, `the database is in trouble: ${describeDatabaseError(error) ?? messageOf(error)}`),
  });
  const onClockFailure = (error: unknown) =>
    log.warn({ err: error }, 'the database did not say what time it is; it is asked again');
  const databaseClock =
    !givenNow && database.readTime
      ? await startDatabaseClock({ readTime: database.readTime, onFailure: onClockFailure })
      : null;
  const now = givenNow ?? databaseClock?.now ?? Date.now;
  const { db, longReads, verify, indexesRebuilt, reindexOrders, close } = database;
  const recent = createRecentChanges();
  const commits = new Set<(commit: Commit) => void>();
  const queue = createWriteQueue<LogEntry>({
    ...database,
    ...(database.isReadDurable && { wasCommitted: (entries) => wasCommitted(database, entries) }),
    onCommit(entries) {
      escalations.committed(entries);
      logService.committed(entries);
      indexer.committed();
    },
    onDone(commit) {
      for (const listener of commits) listener(commit);
    },
  });
  const leases = createLeases({ store: database.leases, queue, log, leaseMs });
  const sole = soleTerm(queue);
  const damage = createDamageReports(log);
  const mending = createMending({ db, reindexOrders, queue, onDamage: damage.report, now });
  const indexer = createIndexer({ queue, mending });
  const mendParts = { db, queue, onDamage: damage.report };
  await mendRows(mendParts);
  // Of ten thousand shops they take minutes to read, and other servers may write to them meanwhile.
  const isLarge = database.leases !== null;
  if (!isLarge) await mendGrowingRows(mendParts);
  if (indexesRebuilt) {
    damage.report({ row: 'index', outcome: 'rebuilt', storeId: null });
    // An order whose row was damaged in a column of an index would be missing in what is read by it.
    await checkRows({ db, mending, onDamage: damage.report });
    await putBackMissingOrders(db, queue, damage.report);
  }
  const logService = createLogService({
    db,
    longReads,
    queue,
    recent,
    hints,
    mending,
    onDamage: damage.report,
    log,
    now,
  });
  const seen = createSeenDevices(queue);
  const makeOnce = createMakeOnce({ dateOfAnswer: () => clock.dateOfAnswer(), onDamage: damage.report });
  const access = createAccessService({ db, queue, seen, hints, makeOnce, adminToken, now, elapsed });
  const receipts = createReceipts({ seen: access.seen, hints, now, elapsed });
  await rememberDisplays(db, receipts);
  const revoked = createForgetRevoked({ revoked: access.revoked, forget: receipts.forget });
  const onFailure = (error: unknown) =>
    log.warn({ err: error }, 'which displays are live could not be shared; it is tried again');
  const nodes = database.nodes && shareDisplays({ store: database.nodes, receipts, onFailure, elapsed });
  const availability = await createAvailability({ db, queue, hints, onDamage: damage.report, log, now });
  const escalations = await createEscalations({
    db,
    queue,
    receipts,
    isShared: database.leases !== null,
    notifiers: [createLogNotifier(log), ...notifiers],
    hints,
    log,
    now,
    elapsed,
  });
  const webhooks = createWebhooks({
    db,
    queue,
    hints,
    makeOnce,
    log: logService.log,
    escalations,
    availability,
    privateTargets,
    withinMs: webhookWithinMs,
    logger: log,
    now,
  });
  const sources = createSources({
    db,
    queue,
    makeOnce,
    log: logService.log,
    escalations,
    mending,
    onDamage: damage.report,
    privateTargets,
    logger: log,
    now,
  });
  const stores = createStoreService({ db, queue, hints, makeOnce, now });
  const submit: TelegramParts['submitIntent'] = (writes, caller, command) =>
    mending(() => writes.write(command.storeId, (write) => submitIntent(write, caller, command, now())));
  const telegram = createTelegram(
    {
      db,
      queue,
      hints,
      makeOnce,
      log: logService.log,
      receipts,
      stores,
      readOrder: (storeId, id) => mending((replacements) => findOrder(db, storeId, id, replacements)),
      submitIntent: submit,
      logger: log,
      now,
    },
    bot,
  );
  const clock = await watchClock({ db, queue, now, elapsed });
  const onQuarantine: SubmitOptions['onQuarantine'] = ({ id: deviceId }, { commandId }, error) =>
    log.error({ err: error, deviceId, commandId }, 'a command made the server fail; set aside');
  const orders = createOrderService({
    db,
    queue,
    stats: createStoreStats(db, now),
    mending,
    onDamage: damage.report,
    now,
    dateOfAnswer: clock.dateOfAnswer,
  });
  const began = elapsed();
  const printers = createPrinters({
    db,
    queue,
    hints,
    makeOnce,
    log: logService.log,
    logger: log,
    receipts,
    escalations,
    printTicket: print,
    orderOf: (id) => mending((replacements) => findOrder(db, null, id, replacements)).then((order) => order ?? null),
    runsMs: () => elapsed() - began,
    now,
  });
  const limits = { ...RETENTION_LIMITS, ...retention };
  const onBackgroundFailure = (error: unknown) =>
    log.warn({ err: error }, 'a background write failed and will be retried');
  const stops = [
    () => databaseClock?.stop(),
    hints.onHint((hint) => {
      if (hint.kind !== 'revoked') return;
      access.forget(hint.deviceId);
      revoked.name(hint.deviceId);
      void revoked.look().catch(() => undefined);
    }),
    every(LOOK_FOR_REVOKED_MS, revoked.look, () => {}),
    every(SEEN_EVERY_MS, seen.flush, onBackgroundFailure),
    every(INDEX_EVERY_MS, indexer.look, onBackgroundFailure),
    every(VERIFY_EVERY_MS, verify, () => {}),
    availability.close,
    escalations.close,
    logService.close,
    leases.close,
  ];
  let closing: Promise<void> | undefined;

  return {
    async ready() {
      verify();
      await db.selectFrom('stores').select('id').limit(1).execute();
    },
    close: () => (closing ??= shutDown()),
    access,
    stores,
    availability,
    orders,
    customers: createCustomerService({ db, queue, mending, now }),
    log: logService.log,
    receipts,
    escalations,
    webhooks,
    sources,
    caughtJobs: createCaughtJobs(db),
    telegram,
    printers,
    hints,
    now,
    identity: database.identity,
    nodes,
    leases,
    writes: {
      waiting: queue.waiting,
      onCommit(listener) {
        commits.add(listener);
        return () => void commits.delete(listener);
      },
    },
    clean,
    escalate: escalations.check,
    lookAtAvailability: availability.look,
    monitorOrders: escalations.monitor,
    deliverWebhooks: (term = sole) => webhooks.deliver(term),
    lookAtWebhooks: webhooks.look,
    runSources: (term = sole) => sources.run(term),
    lookAtSources: sources.look,
    runTelegram: (term = sole) => telegram.run(term),
    startPrinters: (term = sole) => printers.start(term),
    lookAtPrinters: printers.look,
    indexOrders: indexer.run,
    async checkRows(signal) {
      if (isLarge) await mendGrowingRows({ ...mendParts, db: longReads });
      await checkRows({ db, mending, onDamage: damage.report }, signal);
    },
    damage,
    async submitCommands(device, commands) {
      const batch = parseBatch(commands);
      return mending((replacements) =>
        queue.write(
          device.storeId,
          (write) =>
            submitCommands(write, device, batch, {
              now,
              dateOfAnswer: clock.dateOfAnswer,
              replacements,
              onQuarantine,
              onDamage: damage.report,
            }),
          batch.length,
        ),
      );
    },
    knownCommands: (deviceId, commandIds) => knownCommands(db, deviceId, commandIds),
    submitIntent: (caller, command) => submit(queue, caller, command),
  };

  async function clean({ queue: writes }: Term = sole): Promise<Released> {
    const doubt = await clock.look();
    if (doubt !== null) {
      log.warn({}, `${doubt} Nothing is deleted until the clock is right.`);
      return NOTHING_RELEASED;
    }
    return applyRetention({ db, queue: writes, limits, onFloorRaised: recent.forget }, now());
  }

  async function shutDown(): Promise<void> {
    for (const stop of stops) stop();
    await sources.close();
    await webhooks.close();
    await printers.close();
    await seen.flush().catch(() => undefined);
    await queue.close();
    await close();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
