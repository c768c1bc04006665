import { evaluate } from '#test/soak/evaluate.ts';
import { soak } from '#test/soak/soak.ts';
import { readNumbers } from './read-numbers.ts';

/**
 * `npm run soak -- --days 7 --orders 300`: a week of service on a simulated clock, in minutes. Prints a line for each day and
 * compares the last day with the second. Exits with 1 if it became slower or bigger.
 */
const options = readNumbers({ days: 7, hours: 24, orders: 300, seed: 1 });
console.log(`${options.days} days of ${options.hours} h, ${options.orders} orders a day, seed ${options.seed}`);
const MB = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const all = await soak(options, ({ day, changes, taps, drops, alerts, micros, heap, cache, queue, different }) =>
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
