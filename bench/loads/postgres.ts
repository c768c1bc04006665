import { type IngestTurn, ingest } from './ingest.ts';
import { type LatencyTurn, latency } from './latency.ts';
import type { Part } from './load.ts';

/** G: load A on PostgreSQL. */
export const latencyOnPostgres: Part<LatencyTurn> = {
  ...latency,
  title: 'Latency on PostgreSQL',
  what: `${latency.what} SQLite, one node on PostgreSQL, and two nodes on one database, with Redis and while Redis is away: orders go to both in turn, half of the displays are at each. PostgreSQL runs on the same machine; its CPU time is not included.`,
  subjects: ['ticketrail', 'postgres', 'postgres-2', 'postgres-2-away'],
  rounds: 3,
  aims: [
    {
      what: 'time until delivered on PostgreSQL, of that on SQLite, median',
      of: ['postgres', 'delivered_p50_ms'],
      than: ['ticketrail', 'delivered_p50_ms'],
      bound: { atMost: 3 },
    },
  ],
  profiled: ['postgres'],
};

/** A turn of {@link ingestOnPostgres}. */
export interface DatabaseTurn extends IngestTurn {
  /** CPU time of PostgreSQL, ms. */
  databaseCpu: number;
}

/** G: load C on PostgreSQL. */
export const ingestOnPostgres: Part<DatabaseTurn> = {
  ...ingest,
  title: 'Ingest on PostgreSQL',
  what: `${ingest.what} The same on PostgreSQL with one node and with two, with Redis and while Redis is away.`,
  subjects: ['ticketrail', 'postgres', 'postgres-2', 'postgres-2-away'],
  rounds: 3,
  async begin(subject, name) {
    const takeTurn = await ingest.begin(subject, name);
    return async () => {
      const before = subject.databaseCpu();
      const turn = await takeTurn();
      return { ...turn, databaseCpu: subject.databaseCpu() - before };
    };
  },
  figuresOf(turns) {
    const orders = turns.reduce((sum, { answered }) => sum + answered.length, 0);
    const cpu = turns.reduce((sum, { databaseCpu }) => sum + databaseCpu, 0);
    return { ...ingest.figuresOf(turns), database_cpu_per_order_ms: cpu / orders };
  },
  aims: [
    {
      what: 'orders a second of two nodes, of those of one',
      of: ['postgres-2', 'orders_per_second'],
      than: ['postgres', 'orders_per_second'],
      bound: { atLeast: 1.5 },
    },
  ],
  profiled: ['postgres'],
};
