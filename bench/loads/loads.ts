import { loadavg } from 'node:os';
import { feedCost } from '../costs/feed.ts';
import { peerCost } from '../costs/peers.ts';
import { webhookCost } from '../costs/webhooks.ts';
import { catchUp } from './catch-up.ts';
import { coldOpen } from './cold-open.ts';
import { fanOut } from './fan-out.ts';
import { fanOutRamp } from './fan-out-ramp.ts';
import { idle } from './idle.ts';
import { ingest } from './ingest.ts';
import { latency } from './latency.ts';
import type { LoadResult, PartResult } from './load.ts';
import { killedNode, stoppedNode } from './lost-node.ts';
import { ingestOnPostgres, latencyOnPostgres } from './postgres.ts';
import { runPart } from './run-part.ts';

interface Load {
  title: string;
  parts: (() => Promise<PartResult>)[];
}

/** The loads of `npm run bench`, which go into `docs/performance.md`. F, the display, consists of other benchmarks. */
export const LOADS: Record<string, Load> = {
  A: { title: 'Latency', parts: [() => runPart(latency)] },
  B: { title: 'Fan-out', parts: [() => runPart(fanOut), () => runPart(fanOutRamp)] },
  C: { title: 'Ingest', parts: [() => runPart(ingest)] },
  D: { title: 'Catching up', parts: [() => runPart(catchUp)] },
  E: { title: 'Idle displays', parts: [() => runPart(idle)] },
  G: {
    title: 'PostgreSQL',
    parts: [
      () => runPart(latencyOnPostgres),
      () => runPart(ingestOnPostgres),
      () => runPart(killedNode),
      () => runPart(stoppedNode),
    ],
  },
};

/** What else is measured in turn. */
export const OTHER_LOADS: Record<string, Load> = {
  'cold-open': { title: 'Opening from disk', parts: [() => runPart(coldOpen)] },
  webhooks: { title: 'Webhooks', parts: [async () => runPart(await webhookCost())] },
  feed: { title: 'Feed', parts: [() => runPart(feedCost())] },
  kafka: { title: 'Kafka', parts: [async () => runPart(await peerCost('Kafka', ['kafka']))] },
  telegram: { title: 'Telegram', parts: [async () => runPart(await peerCost('Telegram', ['telegram']))] },
  'kafka-and-telegram': {
    title: 'Kafka and Telegram',
    parts: [async () => runPart(await peerCost('Kafka and Telegram', ['kafka', 'telegram']))],
  },
};

/** @param onPart each part as soon as it is measured */
export async function runLoad(name: string, load: Load, onPart: (part: PartResult) => void): Promise<LoadResult> {
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
