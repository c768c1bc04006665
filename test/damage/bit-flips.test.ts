import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../support/random.ts';
import { type Contents, differences, readStoppedDisplay, writeStoppedDisplay } from './stopped-display.ts';

/**
 * Random single bit flips in the files of a stopped display. `FLIPS=300 npm exec -- vitest run test/damage/bit-flips` flips
 * more; `FLIP_SEED` repeats a run.
 */

const FLIPS = Number(process.env.FLIPS ?? 6);
const SEED = Number(process.env.FLIP_SEED ?? Date.now() % 1_000_000_000);
const FILES = ['queue.db', 'cache.db'] as const;

let root: string;
let whole: Contents;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ticketrail-flips-'));
  writeStoppedDisplay(join(root, 'original'));
  whole = flipped('none', 'queue.db', null).contents;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Reads a copy of the files with one bit changed. */
function flipped(name: string, file: (typeof FILES)[number], bit: number | null) {
  const dir = join(root, name);
  mkdirSync(dir);
  for (const one of FILES) copyFileSync(join(root, 'original', one), join(dir, one));
  if (bit !== null) {
    const bytes = readFileSync(join(dir, file));
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    writeFileSync(join(dir, file), bytes);
  }
  try {
    return readStoppedDisplay(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

it.each(FILES)(
  `a flipped bit in %s is reported or harmless, and the display starts (seed ${SEED})`,
  (file) => {
    const random = createRandom(SEED);
    const size = readFileSync(join(root, 'original', file)).length * 8;
    const wrong: string[] = [];
    let told = 0;
    for (let i = 0; i < FLIPS; i++) {
      const bit = random.int(0, size - 1);
      try {
        const { contents, isTold } = flipped(`flip-${i}`, file, bit);
        const { altered, lost } = differences(whole, contents);
        if (isTold) told++;
        if (altered.length > 0) wrong.push(`bit ${bit}: altered ${altered.join()}`);
        if (lost.length > 0 && !isTold) wrong.push(`bit ${bit}: lost ${lost.join()} without a word`);
      } catch (error) {
        wrong.push(`bit ${bit}: does not start: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
    if (process.env.FLIPS)
      console.log(`${file}: ${FLIPS} flips: ${told} told, ${wrong.length} wrong, the others harmless`);
    expect(wrong).toEqual([]);
  },
  600_000,
);
