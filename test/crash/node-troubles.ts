import { Client } from 'pg';
import type { SmallRedis } from '#server/testing/small-redis.ts';
import type { Postgres, PostgresEnd } from '#server/testing/start-postgres.ts';
import type { FaultProxy } from '#test/faults/fault-proxy.ts';
import type { Fault } from '#test/faults/network-conditions.ts';
import type { Random } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import type { TargetProcess } from './target-process.ts';
import { type Disturbance, DOING, type World } from './world.ts';

/** Another process may briefly hold what PostgreSQL needs to start. */
const STARTS_WITHIN_MS = 60_000;
/** Once in a run with so many kills: a long pause, and a long lock after twice as many. */
const LONG_AFTER = 40;
const LONG_PAUSE_MS = 30_000;
const LONG_LOCK_MS = 15_000;
/** `reset` says so to both ends, `lost` to nobody, and `held` passes everything on in the end. */
const CUTS = {
  reset: { refuse: true },
  lost: { up: { flow: 'lose' }, down: { flow: 'lose' } },
  held: { up: { flow: 'hold' }, down: { flow: 'hold' } },
} satisfies Record<string, Fault>;

export interface Troubled {
  nodes: { target: TargetProcess<true>; link: FaultProxy }[];
  postgres: Postgres;
  redis: Omit<SmallRedis, 'fault'>;
  /** The database, past the links. */
  databaseUrl: string;
  /** Something that must not be. */
  found(violation: string): void;
}

/** What goes wrong with several nodes, and what they need. */
export function createNodeTroubles({ nodes, postgres, redis, databaseUrl, found }: Troubled): World['disturb'] {
  /** Nothing else is done to these meanwhile; by whom. */
  const busy = new Map<unknown, symbol>();
  const long = { pause: true, lock: true };

  /** Does it to something that nothing is done to yet. `free` lets the next come before it is over. */
  function to(
    what: string,
    isKill: boolean,
    target: unknown,
    does: (free: () => void) => Promise<unknown>,
  ): Disturbance | null {
    if (busy.has(target)) return null;
    const by = Symbol();
    busy.set(target, by);
    const free = () => void (busy.get(target) === by && busy.delete(target));
    return { what, isKill, over: does(free).finally(free) };
  }

  function endNode(random: Random, signal: 'SIGKILL' | 'SIGTERM'): Disturbance | null {
    const { target } = random.pick(nodes);
    const pause = random.int(0, 300);
    const state = target.state();
    if (state === 'down') return null;
    return to(`node ${signal}, ${DOING[state]}`, true, target, async (free) => {
      if (!(await target.kill(signal))) found(`${target.name} did not end by ${signal}`);
      await sleep(pause);
      const started = target.start();
      // It may be killed while it starts.
      free();
      await started;
    });
  }

  /** With what it was doing: it goes on, and others have done its work meanwhile. */
  function pauseNode(random: Random, ms: number): Disturbance | null {
    const { target } = random.pick(nodes);
    if (target.state() !== 'up') return null;
    return to(`node paused for ${ms < LONG_PAUSE_MS ? '3 to 10' : 30} s`, false, target, async () => {
      target.send('SIGSTOP');
      await sleep(ms);
      target.send('SIGCONT');
    });
  }

  function cutLink(random: Random): Disturbance | null {
    const { link } = random.pick(nodes);
    const how = random.pick(['reset', 'lost', 'held'] as const);
    const ms = random.int(0, 12_000);
    return to(`network to PostgreSQL ${how}`, false, link, async () => {
      await link.set(CUTS[how]);
      if (how === 'reset') link.cut('reset');
      await sleep(ms);
      // What was lost is lost; what was held arrives now.
      if (how === 'lost') link.cut('reset');
      await link.repair();
    });
  }

  function endPostgres(random: Random, how: PostgresEnd): Disturbance | null {
    const away = random.int(0, 10_000);
    return to(`PostgreSQL ${how}`, true, postgres, async () => {
      await postgres.kill(how);
      await sleep(away);
      const start = () => postgres.startAgain().then(() => true);
      await until('PostgreSQL starts again', start, STARTS_WITHIN_MS, 200);
    });
  }

  const endRedis = (random: Random): Disturbance | null => {
    const away = random.int(0, 5_000);
    return to('Redis SIGKILL', true, redis, async () => {
      await redis.stop();
      await sleep(away);
      await redis.startAgain();
    });
  };

  const lockStore = (ms: number): Disturbance | null =>
    to(`store locked for ${ms < LONG_LOCK_MS ? '1 to 5' : 15} s`, false, postgres, () => holdLock(databaseUrl, ms));

  return async (random, kills) => {
    if (kills >= LONG_AFTER && long.pause) {
      const paused = pauseNode(random, LONG_PAUSE_MS);
      long.pause = paused === null;
      return paused;
    }
    if (kills >= 2 * LONG_AFTER && long.lock) {
      const locked = lockStore(LONG_LOCK_MS);
      long.lock = locked === null;
      return locked;
    }
    const kind = random.next();
    if (kind < 0.25) return endNode(random, 'SIGKILL');
    if (kind < 0.4) return endNode(random, 'SIGTERM');
    if (kind < 0.5) return endPostgres(random, 'fast');
    if (kind < 0.6) return endPostgres(random, 'immediate');
    if (kind < 0.7) return endPostgres(random, 'SIGKILL');
    if (kind < 0.82) return endRedis(random);
    if (kind < 0.88) return pauseNode(random, random.int(3_000, 10_000));
    if (kind < 0.92) return lockStore(random.int(1_000, 5_000));
    return cutLink(random);
  };
}

/** As another program might: holds the row of the store's log, which each of its writes needs. */
async function holdLock(databaseUrl: string, ms: number): Promise<void> {
  const client = new Client(databaseUrl);
  // The lock may end with the server.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin');
    await client.query('select 1 from store_logs for update');
    await sleep(ms);
  } catch {
    // PostgreSQL is away, or was ended.
  } finally {
    await client.end().catch(() => undefined);
  }
}
