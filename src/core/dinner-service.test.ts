import { expect, it } from 'vitest';
import { sha256 } from '#test/support/sha256.ts';
import { runDinnerService } from './testing/dinner-service.ts';

/** How many runs of each kind; more by `FUZZ_RUNS=2000 npx vitest run src/core/dinner-service.test.ts`, from `FUZZ_SEED`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 20);
const FIRST = Number(process.env.FUZZ_SEED ?? 1);

// A copy and a restored server at once is the one thing left out: then a number that the server knows may be the other's.
it.each([
  ['two displays', { displays: 2, twins: 0, restores: true }],
  ['two displays and a copy of the first', { displays: 2, twins: 1, restores: false }],
])(
  '[S1–S6, C1–C6, L1, A1] %s, everything going wrong, then mended: all equal, each tap answered once',
  async (_, cast) => {
    const failed: Record<number, string[]> = {};
    for (let seed = FIRST; seed < FIRST + RUNS; seed++) {
      const { faults } = await runDinnerService({ sha256, seed, steps: 200, ...cast });
      if (faults.length) failed[seed] = faults;
    }
    expect(failed).toEqual({});
  },
  20_000 + RUNS * 5_000,
);
