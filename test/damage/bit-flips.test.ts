import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../support/random.ts';
import { type Contents, differences, type Read, readStoppedDisplay, writeStoppedDisplay } from './stopped-display.ts';
import { type Acknowledged, readStoppedServer, writeStoppedServer } from './stopped-server.ts';

/**
 * Random single bit flips in the files of a stopped or killed display or server.
 * `FLIPS=300 npm exec -- vitest run test/damage/bit-flips` flips more; `FLIP_SEED` repeats a run.
 */

const FLIPS = Number(process.env.FLIPS ?? 6);
const SEED = Number(process.env.FLIP_SEED ?? Date.now() % 1_000_000_000);
const FILES = ['queue.db', 'queue.db-wal', 'cache.db', 'cache.db-wal', 'server.db', 'server.db-wal'] as const;
type File = (typeof FILES)[number];

let root: string;
let acknowledged: Acknowledged;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ticketrail-flips-'));
  for (const state of ['killed', 'stopped']) mkdirSync(join(root, state));
  const kill = () => copyAll('stopped', 'killed');
  writeStoppedDisplay(join(root, 'stopped'), kill);
  acknowledged = await writeStoppedServer(join(root, 'stopped'), kill);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function copyAll(from: string, to: string): void {
  for (const file of FILES)
    if (existsSync(join(root, from, file))) copyFileSync(join(root, from, file), join(root, to, file));
}

/** A log exists only after a kill. */
const stateOf = (file: File): string => (file.endsWith('-wal') ? 'killed' : 'stopped');

/** Reads a copy of the files with one bit changed. */
async function readFlipped(file: File, bit: number | null): Promise<Read> {
  const name = `${file}-${bit}`;
  mkdirSync(join(root, name));
  try {
    copyAll(stateOf(file), name);
    const path = join(root, name, file);
    const bytes = readFileSync(path);
    if (bit !== null) bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    writeFileSync(path, bytes);
    const dir = join(root, name);
    return file.startsWith('server') ? await readStoppedServer(dir, acknowledged) : readStoppedDisplay(dir);
  } finally {
    rmSync(join(root, name), { recursive: true });
  }
}

/** What the flip did that nobody was told. */
function wrongIn(whole: Contents, { contents, isTold, isSetBack }: Read): string | null {
  if (contents === null) return null;
  const { altered, lost } = differences(whole, contents);
  if (altered.length > 0 && !isSetBack) return `altered ${altered.join()}${isTold ? ', but reported' : ''}`;
  return lost.length > 0 && !isTold ? `lost ${lost.join()} without a word` : null;
}

it.each(FILES)(
  `a flipped bit in %s is reported or harmless (seed ${SEED})`,
  async (file) => {
    const { contents: whole, isTold } = await readFlipped(file, null);
    if (whole === null || isTold) throw new Error('the untouched files are not whole');
    const random = createRandom(SEED);
    const bits = readFileSync(join(root, stateOf(file), file)).length * 8;
    const wrong: string[] = [];
    let told = 0;
    let refused = 0;
    for (let i = 0; i < FLIPS; i++) {
      const bit = random.int(0, bits - 1);
      try {
        const read = await readFlipped(file, bit);
        if (read.contents === null) refused++;
        else if (read.isTold) told++;
        const fault = wrongIn(whole, read);
        if (fault) wrong.push(`bit ${bit}: ${fault}`);
      } catch (error) {
        wrong.push(`bit ${bit}: does not start: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
    if (process.env.FLIPS)
      console.log(
        `${file}: ${FLIPS} flips: ${told} reported, ${refused} refused, ${wrong.length} wrong, rest harmless`,
      );
    expect(wrong).toEqual([]);
  },
  3_600_000,
);
