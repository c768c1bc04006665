import { parseArgs } from 'node:util';
import { ATTACKS } from '#test/floods/attacks.ts';
import { runFloods } from '#test/floods/run-floods.ts';

/**
 * `npm run floods -- --seconds 60 --orders 100000 --only searches`: attacks a server as fast as one machine can, in every way of
 * `test/floods/attacks.ts`, and compares what another store notices with what it noticed just before. Exits with 1 if a limit
 * is passed. Needs Linux.
 */
const REST_MS = 15_000;
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    orders: { type: 'string', default: '10000' },
    only: { type: 'string' },
  },
});
const attacks = ATTACKS.filter(({ name }) => values.only === undefined || name === values.only);
if (attacks.length === 0) throw new Error(`there is no attack ${values.only}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
let bad = 0;
const options = { seconds: Number(values.seconds), orders: Number(values.orders), restMs: REST_MS, attacks };
for await (const one of runFloods(options)) {
  const { name, quietP99, floodP99, quietMemory, floodMemory, sentBytes, writtenBytes, counts, faults } = one;
  console.log(
    `${faults.length === 0 ? '✓' : '✗'} ${name}: p99 ${quietP99.toFixed(1)} → ${floodP99.toFixed(1)} ms ` +
      `(${(floodP99 / quietP99).toFixed(1)}), memory ${megabytes(quietMemory)} → ${megabytes(floodMemory)}, ` +
      `sent ${megabytes(sentBytes)}, written ${megabytes(writtenBytes)}; ${JSON.stringify(counts)}`,
  );
  for (const fault of faults) console.log(`    ${fault}`);
  if (faults.length > 0) bad++;
}
console.log(bad === 0 ? 'Every attack was borne by the attacker alone.' : `${bad} attacks were felt by others.`);
process.exit(bad === 0 ? 0 : 1);
