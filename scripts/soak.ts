import { parseArgs } from 'node:util';
import { evaluate } from '#test/soak/evaluate.ts';
import { soak } from '#test/soak/soak.ts';

/**
 * `npm run soak -- --days 7 --orders 300`: a week of service on a simulated clock, in minutes. Prints a line for each day and
 * compares the last day with the second. Ends with 1 when it has become slower or bigger.
 */
const option = (otherwise: string) => ({ type: 'string', default: otherwise }) as const;
const { values } = parseArgs({
  options: { days: option('7'), hours: option('24'), orders: option('300'), seed: option('1') },
});
const { days, hours, orders, seed } = values;
console.log(`${days} days of ${hours} h, ${orders} orders a day, seed ${seed}`);
const MB = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const all = await soak(
  { days: Number(days), hours: Number(hours), orders: Number(orders), seed: Number(seed) },
  ({ day, changes, taps, drops, alerts, micros, heap, cache, queue, different }) =>
    console.log(
      [
        `day ${day}: ${changes} changes, ${taps} taps, ${drops} drops, ${alerts} alerts`,
        `${micros} µs of processor time per change, heap ${MB(heap)}, cache ${MB(cache)}, queue ${MB(queue)}`,
        `${different} different`,
      ].join('; '),
    ),
);
const comparisons = evaluate(all);
console.table(comparisons);
process.exitCode = comparisons.every(({ ok }) => ok) ? 0 : 1;
