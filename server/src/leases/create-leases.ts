import { randomUUID } from 'node:crypto';
import type { Lease, LeaseStore } from '../database/lease-store.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import { every } from '../time/every.ts';
import { fencedQueue } from './fenced-queue.ts';
import { LeaseLost, soleTerm, type Term } from './term.ts';

/**
 * A lease that is not extended ends after this, ms. Shorter: work moves sooner when a server dies, but also when one is only
 * busy.
 */
const LEASE_MS = 6_000;
/** How often leases are extended, and those of others looked at, in the time of a lease. */
const LOOKS = 6;

type Stop = () => void | Promise<void>;

export interface Leases {
  /**
   * Does a kind of work while no other server does it: starts it when it gets the lease, and stops it when another server
   * has got it. Resolves after the first try, whether it got the lease or not.
   *
   * @param work a name that is the same on all servers and in all versions
   * @returns stops it and lets another server take it
   */
  run(work: string, start: (term: Term) => Stop | Promise<Stop>): Promise<() => Promise<void>>;
  /** The kinds of work that this server does whenever it can, each with whether it does it now. */
  works(): ReadonlyMap<string, boolean>;
}

export interface LeasesParts {
  /** null: this is the only server, and does all work at once. */
  store: LeaseStore | null;
  queue: WriteQueue;
  log: { info(details: object, message: string): void; warn(details: object, message: string): void };
  /** Replaces LEASE_MS, for tests. */
  leaseMs?: number | undefined;
}

export interface LeasesService extends Leases {
  close(): void;
}

export function createLeases({ store, queue, log, leaseMs = LEASE_MS }: LeasesParts): LeasesService {
  if (store) return sharedLeases(store, { queue, log, leaseMs });
  const works = new Map<string, true>();
  return {
    async run(work, start) {
      const stop = await start(soleTerm(queue));
      works.set(work, true);
      return async () => {
        works.delete(work);
        await stop();
      };
    },
    works: () => works,
    close() {},
  };
}

interface HeldTerm {
  lease: Lease;
  ending: AbortController;
  /** When the renewal that was answered last was asked for, by two clocks, ms: one stands still while a machine sleeps. */
  renewed: { elapsed: number; clock: number };
  /** Resolves when the work has started, or could not. */
  started: Promise<void>;
  /** Resolves when the work has stopped. */
  stop(): Promise<void>;
}

interface Work {
  start: (term: Term) => Stop | Promise<Stop>;
  /** null: another server does it, or none yet. It stays until the work has stopped. */
  term: HeldTerm | null;
  isEnding: boolean;
}

const timesNow = () => ({ elapsed: performance.now(), clock: Date.now() });
const isOver = ({ ending }: HeldTerm) => ending.signal.aborted;

function sharedLeases(
  store: LeaseStore,
  { queue, log, leaseMs }: Omit<LeasesParts, 'store'> & { leaseMs: number },
): LeasesService {
  const holder = randomUUID();
  const works = new Map<string, Work>();
  let last: Promise<void> = Promise.resolve();
  /** The one that has not begun. */
  let next: Promise<void> | null = null;

  /** One look after the other. Calls during one share the next, so that it begins after each of them. */
  function look(): Promise<void> {
    if (next === null) {
      next = last.catch(() => undefined).then(lookOnce);
      last = next;
    }
    return next;
  }

  async function lookOnce(): Promise<void> {
    next = null;
    const terms = [...works.values()].flatMap(({ term }) => (term && !isOver(term) ? term : []));
    const asked = timesNow();
    const leases = terms.map(({ lease }) => lease);
    const kept = await store.renew(leases, leaseMs);
    for (const term of terms)
      if (kept.includes(term.lease)) term.renewed = asked;
      else lose(term);
    const wanted = [...works].flatMap(([name, { term, isEnding }]) => (term || isEnding ? [] : name));
    if (wanted.length === 0) return;
    const taking = timesNow();
    for (const lease of await store.take(wanted, holder, leaseMs)) begin(lease, taking);
  }

  function begin(lease: Lease, taken: HeldTerm['renewed']): void {
    const work = works.get(lease.work);
    if (!work || work.isEnding) return void release(lease);
    log.info({ work: lease.work }, 'this server does the work now');
    const term = termOf(lease, taken, work);
    work.term = term;
  }

  function termOf(lease: Lease, taken: HeldTerm['renewed'], work: Work): HeldTerm {
    const ending = new AbortController();
    let stopped: Promise<void> | undefined;
    const term: HeldTerm = { lease, ending, renewed: taken, started: Promise.resolve(), stop };
    const starting = (async () =>
      work.start({ queue: fencedQueue(queue, store, lease), signal: ending.signal, confirm }))();
    term.started = starting.then(
      () => undefined,
      async (error) => {
        log.warn({ err: error, work: lease.work }, 'a work did not start; it is tried again');
        ending.abort();
        await stop();
        await release(lease);
      },
    );
    return term;

    function stop(): Promise<void> {
      stopped ??= starting
        .then(
          (end) => end(),
          () => undefined,
        )
        .catch((error) => log.warn({ err: error, work: lease.work }, 'a work did not stop as it should'))
        .then(() => {
          work.term = null;
        });
      return stopped;
    }

    async function confirm(): Promise<void> {
      if (!isOver(term) && !isFresh(term)) await look();
      if (isOver(term)) throw new LeaseLost(lease.work);
    }
  }

  /** Whether it is certain that nobody can have taken it, and stays so for a while. */
  function isFresh({ renewed: { elapsed, clock } }: HeldTerm): boolean {
    return performance.now() - elapsed < leaseMs / 2 && Date.now() - clock < leaseMs / 2;
  }

  function lose(term: HeldTerm): void {
    log.warn({ work: term.lease.work }, 'another server does the work now: this one was paused, or cut off');
    term.ending.abort();
    void term.stop();
  }

  /** If it fails, the lease ends by itself. */
  const release = (lease: Lease): Promise<void> => store.release(lease).catch(() => undefined);

  const stopLooking = every(leaseMs / LOOKS, look, (error) =>
    log.warn({ err: error }, 'which server does what could not be read; it is tried again'),
  );

  return {
    async run(name, start) {
      const work: Work = { start, term: null, isEnding: false };
      works.set(name, work);
      await look().catch(() => undefined);
      await work.term?.started;
      return async () => {
        work.isEnding = true;
        const { term } = work;
        await term?.stop();
        // Extended until here, and by no look that is under way after it.
        works.delete(name);
        await last.catch(() => undefined);
        if (term && !isOver(term)) await release(term.lease);
      };
    },
    works: () => new Map([...works].map(([name, { term }]) => [name, term !== null && !isOver(term)])),
    close: stopLooking,
  };
}
