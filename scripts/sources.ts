import { parseArgs } from 'node:util';
import { SourceKind } from '#contract/source.ts';
import { FAKES } from '#server/sources/testing/all-fakes.ts';
import { runSources } from '#test/sources/run-sources.ts';
import { spread } from '../bench/support.ts';

/**
 * `npm run sources -- --orders 1000 --kills 10 --kind woocommerce --seed 7`: orders from the fake of each service, with everything
 * that goes wrong, into a server that is killed. Exits with 1 if one is lost, doubled, not the newest, or not said back.
 */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '10' },
    kind: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const kinds = values.kind === undefined ? SourceKind.options : [SourceKind.parse(values.kind)];
const words = (ms: number[]): string => {
  if (ms.length === 0) return 'none';
  const { p50, max } = spread(ms);
  return `p50 ${Math.round(p50)} ms, at most ${Math.round(max)} ms (${ms.length})`;
};

const began = performance.now();
let bad = 0;
for (const kind of kinds) {
  const createFake = FAKES[kind];
  if (!createFake) continue;
  const { orders, kills, seed } = values;
  console.log(`${kind}: ${orders} orders, ${kills} kills, seed ${seed}`);
  const report = await runSources({
    createFake,
    orders: Number(orders),
    kills: Number(kills),
    seed: Number(seed),
    measured: { rung: 100, silent: 20 },
    say: (line) => console.log(`  ${Math.round((performance.now() - began) / 1_000)} s: ${line}`),
  });
  const { violations, arrival, webhooks, seconds, pollSeconds, cooked, calls, repeatedSteps, shops } = report;
  console.log(
    `  ${webhooks.sent} webhooks sent, ${webhooks.lost} lost, ${webhooks.forged} forged; ${calls} calls to ${shops} accounts; ` +
      `${cooked} orders cooked, ${repeatedSteps} steps said again`,
  );
  console.log(`  on the screen after a webhook: ${words(arrival.rung)}`);
  console.log(`  … without one, polled every ${pollSeconds ?? '–'} s: ${words(arrival.silent)}`);
  for (const violation of violations.slice(0, 50)) console.log(`  ✗ ${violation}`);
  console.log(violations.length === 0 ? `  ✓ nothing lost, nothing twice; ${Math.round(seconds)} s` : '  ✗ wrong');
  if (violations.length > 0) bad++;
}
process.exit(bad === 0 ? 0 : 1);
