import type { IngestTurn } from './ingest.ts';
import { ingest } from './ingest.ts';
import { type LatencyTurn, latency } from './latency.ts';
import type { Part } from './load.ts';

/** G: load A on PostgreSQL. */
export const latencyOnPostgres: Part<LatencyTurn> = {
  ...latency,
  title: 'Latency on PostgreSQL',
  what: `${latency.what} SQLite, one node on PostgreSQL, and two nodes on one database: orders go to both in turn, half of the displays are at each. PostgreSQL runs on the same machine, and its CPU time is not included.`,
  subjects: ['ticketrail', 'postgres', 'postgres-2'],
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

/** G: load C on PostgreSQL. */
export const ingestOnPostgres: Part<IngestTurn> = {
  ...ingest,
  title: 'Ingest on PostgreSQL',
  what: `${ingest.what} The same on PostgreSQL with one node and with two.`,
  subjects: ['ticketrail', 'postgres', 'postgres-2'],
  rounds: 3,
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
