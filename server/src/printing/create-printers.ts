import { v7 as uuid } from 'uuid';
import type { Change } from '#contract/sync.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import { escalationsOfTerm } from '../escalation/escalations-of-term.ts';
import type { Hints } from '../hints/hints.ts';
import type { MakeOnce } from '../idempotency/make-once.ts';
import type { Term } from '../leases/term.ts';
import { followDurably } from '../log/follow/durable-follower.ts';
import { insertPosition } from '../log/follow/follower-rows.ts';
import type { StopReading } from '../log/follow/log-reader.ts';
import { readLogRow } from '../log/read-log.ts';
import type { Escalations, Log } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { findStore } from '../stores/find-store.ts';
import { createWorker, type Worker, type WorkerParts } from './create-worker.ts';
import { occasionsOfChange } from './occasions-of.ts';
import { addPrint, printJob, recoverPrints, waitingByHand } from './print-rows.ts';
import type { PrinterRow, PrintRow } from './print-tables.ts';
import {
  allPrinters,
  deletePrinter,
  findPrinter,
  modelOf,
  occasionsFrom,
  occasionsOf,
  printersOf,
  savePrinter,
} from './printer-rows.ts';
import type { Printers, PrintTry } from './printers.ts';
import { aboutPrinter } from './tell-owner.ts';

/** Most printers of a store. */
const MOST = 20;
/** The name of the cursor of a store's printers in its log. */
const FOLLOWER = 'printers';

export interface PrinterParts extends Omit<WorkerParts, 'term' | 'unstored' | 'onTry' | 'onFailure'> {
  queue: WriteQueue;
  escalations: Pick<Escalations, 'write' | 'raise' | 'resolve'>;
  hints: Hints;
  makeOnce: MakeOnce;
  log: Log;
  logger: { warn(details: object, message: string): void };
}

export interface PrinterService extends Printers {
  /** Begins to print, as the work of a term. @returns ends it */
  start(term: Term): Promise<() => Promise<void>>;
  /** Finds printers that were changed, and wakes all. Call it once a second. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export function createPrinters(parts: PrinterParts): PrinterService {
  const { db, queue, hints, log, logger, escalations, makeOnce, now } = parts;
  const listeners = new Set<(outcome: PrintTry) => void>();
  const workers = new Map<string, { worker: Worker; storeId: string; checksum: number }>();
  const followers = new Map<string, StopReading>();
  /** Of the term. */
  const unstored: WorkerParts['unstored'] = new Map();
  let term: Term | null = null;
  let last: Promise<void> = Promise.resolve();
  const onFailure = (error: unknown) =>
    logger.warn({ err: error }, 'what the printers print could not be read or stored; it is tried again');

  /** One look after the other. */
  function look(): Promise<void> {
    last = last.catch(() => undefined).then(lookOnce);
    return last;
  }

  async function lookOnce(): Promise<void> {
    const current = term;
    if (!current) return;
    const printers = await allPrinters(db);
    const checksums = new Map(printers.map(({ id, checksum }) => [id, checksum]));
    for (const [id, { worker, checksum }] of workers)
      if (checksums.get(id) !== checksum) {
        workers.delete(id);
        await worker.stop();
      }
    for (const printer of printers) {
      const { id, store_id: storeId, checksum } = printer;
      if (!followers.has(storeId)) followers.set(storeId, await follow(storeId, current));
      if (!workers.has(id)) workers.set(id, { worker: begin(printer, current), storeId, checksum });
    }
    for (const { worker } of workers.values()) worker.wake();
  }

  const begin = (printer: PrinterRow, term: Term): Worker =>
    createWorker(printer, {
      ...parts,
      term,
      unstored,
      escalations: escalationsOfTerm(escalations, term),
      onFailure,
      onTry(outcome) {
        for (const listener of listeners) listener(outcome);
      },
    });

  const follow = (storeId: string, term: Term): Promise<StopReading> =>
    followDurably(
      { db, term, hints, logger, log: { head: log.head, read: log.readWhole } },
      {
        name: FOLLOWER,
        storeId,
        handle: ({ changes }) => addPrints(storeId, changes, term),
        // What was missed is old: screens show it, and paper for it would come too late.
        onReset: async ({ reason }) =>
          logger.warn({ storeId, reason }, 'printers may have missed changes: the log is another one, or too old'),
      },
    );

  async function addPrints(storeId: string, changes: readonly Change[], { queue }: Term): Promise<void> {
    const printers = (await allPrinters(db)).filter(({ store_id: id }) => id === storeId);
    const wanted = printers.flatMap((printer) => {
      const since = occasionsOf(printer);
      return changes.flatMap((change) =>
        occasionsOfChange(change)
          .filter((reason) => change.seq > (since[reason] ?? Number.POSITIVE_INFINITY))
          .map((reason) => ({ printer, change, reason })),
      );
    });
    if (wanted.length === 0) return;
    await queue.write(storeId, async (write) => {
      for (const { printer, change, reason } of wanted) {
        const { orderId, at, seq } = change;
        const isThere = await write.tx.selectFrom('printers').select('id').where('id', '=', printer.id).execute();
        if (isThere.length > 0) await addPrint(write, { printerId: printer.id, orderId, reason, at, seq });
      }
    });
    wake(storeId);
  }

  function wake(storeId: string): void {
    for (const one of workers.values()) if (one.storeId === storeId) one.worker.wake();
  }

  /** What the API shows of a printer that is there. */
  async function shown(row: PrinterRow) {
    const [printer] = await printersOf(db, row.store_id, row.id);
    if (!printer) throw new ServiceError('not_found', 'There is no such printer.');
    return printer;
  }

  async function printByHand(printer: PrinterRow, orderId: string | null): Promise<PrintRow> {
    const reason = orderId === null ? 'test' : 'manual';
    const job = { printerId: printer.id, orderId, reason, at: new Date(now()).toISOString() } as const;
    const row = await queue.write(printer.store_id, async (write) => {
      await findPrinter(write.tx, printer.id, null);
      return (await waitingByHand(write.tx, job)) ?? (await addPrint(write, job));
    });
    if (!row) throw new Error('every request by hand has another id');
    wake(printer.store_id);
    return row;
  }

  /** Ends the worker of a printer; the next look begins it as it is stored then. */
  async function stopped(id: string): Promise<void> {
    const known = workers.get(id);
    workers.delete(id);
    await known?.worker.stop();
  }

  async function stop(): Promise<void> {
    term = null;
    await last.catch(() => undefined);
    for (const end of followers.values()) await end();
    followers.clear();
    await Promise.all([...workers.keys()].map(stopped));
  }

  return {
    async create(storeId, draft, once) {
      const { name, address, columns, dots, encoding, command, on, station } = draft;
      const row = {
        id: uuid(),
        store_id: storeId,
        name,
        address,
        model: JSON.stringify({ columns, dots, encoding, command }),
        station: station ?? null,
        created_at: new Date(now()).toISOString(),
      };
      const make = async (write: Write) => {
        const { tx } = write;
        await findStore(tx, storeId);
        const others = await tx.selectFrom('printers').select('id').where('store_id', '=', storeId).execute();
        if (others.length >= MOST)
          throw new ServiceError('conflict', `A store has at most ${MOST} printers: delete one first.`);
        const { epoch, head, head_hash: hash } = await readLogRow(tx, storeId);
        await savePrinter(write, { ...row, occasions: occasionsFrom(on, head) });
        await insertPosition(write, { name: FOLLOWER, storeId }, { epoch, cursor: head, hash });
        return { id: row.id, made: row.id };
      };
      const id = await queue.write(storeId, (write) =>
        makeOnce(
          write,
          once,
          () => make(write),
          async (id) => (await findPrinter(write.tx, id, storeId)).id,
        ),
      );
      await look();
      return shown(await findPrinter(db, id, storeId));
    },
    async list(storeId) {
      await findStore(db, storeId);
      return printersOf(db, storeId);
    },
    get: async (id, storeId) => shown(await findPrinter(db, id, storeId)),
    async patch(id, { on, station, name, address, ...model }, storeId) {
      const { store_id } = await findPrinter(db, id, storeId);
      const row = await queue.write(store_id, async (write) => {
        const before = await findPrinter(write.tx, id, storeId);
        const { head } = await readLogRow(write.tx, store_id);
        const set = Object.fromEntries(Object.entries(model).filter(([, value]) => value !== undefined));
        const after = {
          ...before,
          name: name ?? before.name,
          address: address ?? before.address,
          station: station === undefined ? before.station : station,
          model: JSON.stringify({ ...modelOf(before), ...set }),
          occasions: on ? occasionsFrom(on, head, occasionsOf(before)) : before.occasions,
        };
        await savePrinter(write, after);
        return after;
      });
      await look();
      return shown(row);
    },
    async remove(id, storeId) {
      const row = await findPrinter(db, id, storeId);
      await stopped(id);
      await escalations.write(queue, row.store_id, async (write, { resolve }) => {
        await deletePrinter(write, id);
        await resolve(aboutPrinter(row));
      });
      await look();
      // A worker that began meanwhile may have raised it.
      await escalations.resolve(aboutPrinter(row));
    },
    async print(orderId, printerId, storeId) {
      const order = await parts.orderOf(orderId);
      if (!order || (storeId !== null && order.storeId !== storeId))
        throw new ServiceError('not_found', 'There is no such order.');
      return printJob(await printByHand(await findPrinter(db, printerId, order.storeId), orderId));
    },
    test: async (id, storeId) => printJob(await printByHand(await findPrinter(db, id, storeId), null)),
    count() {
      const failing = [...workers.values()].filter(({ worker }) => worker.isFailing()).length;
      return { working: workers.size - failing, failing };
    },
    onTry(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async start(as) {
      await as.queue.write(null, recoverPrints);
      unstored.clear();
      term = as;
      return stop;
    },
    look,
    close: stop,
  };
}
