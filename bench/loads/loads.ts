import { loadavg } from 'node:os';
import { catchUp } from './catch-up.ts';
import { fanOut } from './fan-out.ts';
import { fanOutRamp } from './fan-out-ramp.ts';
import { idle } from './idle.ts';
import { ingest } from './ingest.ts';
import { killedNode } from './killed-node.ts';
import { latency } from './latency.ts';
import type { LoadResult, PartResult } from './load.ts';
import { ingestOnPostgres, latencyOnPostgres } from './postgres.ts';
import { runPart } from './run-part.ts';

type Run = () => Promise<PartResult>;

/** The loads of `npm run bench`. F, the display, consists of other benchmarks. */
export const LOADS: Record<string, { title: string; parts: Run[] }> = {
  A: { title: 'Latency', parts: [() => runPart(latency)] },
  B: { title: 'Fan-out', parts: [() => runPart(fanOut), () => runPart(fanOutRamp)] },
  C: { title: 'Ingest', parts: [() => runPart(ingest)] },
  D: { title: 'Catching up', parts: [() => runPart(catchUp)] },
  E: { title: 'Idle displays', parts: [() => runPart(idle)] },
  G: {
    title: 'PostgreSQL',
    // With Redis, and Redis away, once the server knows it.
    parts: [() => runPart(latencyOnPostgres), () => runPart(ingestOnPostgres), () => runPart(killedNode)],
  },
};

/** @param onPart each part as soon as it is measured */
export async function runLoad(name: string, onPart: (part: PartResult) => void): Promise<LoadResult> {
  const load = LOADS[name];
  if (!load) throw new Error(`There is no load ${name}.`);
  const loadAverage = Math.round(100 * (loadavg()[0] ?? 0)) / 100;
  const begin = performance.now();
  const parts: PartResult[] = [];
  for (const run of load.parts) {
    const part = await run();
    parts.push(part);
    onPart(part);
  }
  const seconds = Math.round((performance.now() - begin) / 1_000);
  return { name, title: load.title, loadAverage, seconds, parts };
}
