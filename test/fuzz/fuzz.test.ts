import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { patched } from './hooks.ts';
import { MUTANTS } from './mutants.ts';
import { type Many, runMany } from './run-many.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 5);
/** Different on each run; a failure names its seed. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);
const MINUTES = 60_000;
const root = join(import.meta.dirname, '../..');

async function faultsOf(many: Many): Promise<Record<number, string[]>> {
  const outcomes = await runMany(many);
  return Object.fromEntries(outcomes.flatMap(({ seed, faults }) => (faults.length ? [[seed, faults]] : [])));
}

describe('real displays and the real server under random faults, then repaired', () => {
  it(
    '[S1–S6, C1–C5, L1, A1] loses nothing, repeats nothing, shows nothing false',
    async () => {
      expect(await faultsOf({ seed: SEED, runs: RUNS })).toEqual({});
    },
    5 * MINUTES,
  );
});

describe('a guard that is switched off', () => {
  it.each(MUTANTS)('matches the source exactly once: $what', ({ patches }) => {
    for (const [file, mine] of Map.groupBy(patches, (patch) => patch.file)) {
      const text = readFileSync(join(root, file), 'utf8');
      expect(patched(text, mine)).not.toBe(text);
    }
  });

  // Each is detected by the run of this seed, until a step changes. For the others: npm run fuzz -- --mutant all
  it.each([
    ['torn', 5_053],
    ['answer-epoch', 8],
    ['display-rows', 87],
  ])(
    'is detected: %s',
    async (mutant, seed) => {
      const faults = await faultsOf({ seed, runs: 200, processes: 1, mutant, untilFound: true });
      expect(Object.keys(faults)).not.toEqual([]);
    },
    3 * MINUTES,
  );
});
