import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { patched } from './hooks.ts';
import { MUTANTS } from './mutants.ts';
import { type Many, runMany, seedsFrom } from './run-many.ts';
import seeds from './seeds.json' with { type: 'json' };

const RUNS = Number(process.env.FUZZ_RUNS ?? 150);
const MINUTES = 60_000;
const root = join(import.meta.dirname, '../..');

async function faultsOf(many: Many): Promise<Record<number, string[]>> {
  const outcomes = await runMany(many);
  return Object.fromEntries(outcomes.flatMap(({ seed, faults }) => (faults.length ? [[seed, faults]] : [])));
}

describe('real displays, the real server, everything going wrong at random, then mended', () => {
  it(
    '[S1–S6, C1–C5, L1, A1] nothing is lost, nothing comes twice, nothing is shown that is not so',
    async () => {
      expect(await faultsOf({ seeds: seedsFrom(1_000_001, RUNS) })).toEqual({});
    },
    5 * MINUTES,
  );

  it(
    'the runs that once found something find nothing any more (seeds.json says what)',
    async () => {
      expect(await faultsOf({ seeds: Object.values(seeds).flat() })).toEqual({});
    },
    2 * MINUTES,
  );
});

describe('a guard that is switched off', () => {
  it.each(MUTANTS)('is there, once, to be switched off: $what', ({ patches }) => {
    for (const [file, mine] of Map.groupBy(patches, (patch) => patch.file)) {
      const text = readFileSync(join(root, file), 'utf8');
      expect(patched(text, mine)).not.toBe(text);
    }
  });

  // The rest of them: npm run fuzz -- --mutant all
  it.each(['no-ledger', 'no-check', 'overlay', 'torn'])(
    'is found out: %s',
    async (mutant) => {
      const faults = await faultsOf({ seeds: seedsFrom(5_001, 200), mutant, untilFound: true });
      expect(Object.keys(faults)).not.toEqual([]);
    },
    3 * MINUTES,
  );
});
