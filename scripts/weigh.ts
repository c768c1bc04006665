import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootOrder } from './pack/boot-order.ts';
import { FIRST_LOAD_LIMIT, firstLoad } from './pack/first-load.ts';
import { listPacked } from './pack/list-packed.ts';
import { SHELL } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run weigh`: what the program loads before its window is there and what it leaves for later; the script that the screen
 * loads before it paints the board (fails when it is too much); and, of each program that `npm run dist -- --dir` has left in
 * `dist/installers`, which files are in it, how large, and why.
 */
const root = join(import.meta.dirname, '..');
const installers = join(root, 'dist/installers');
const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1).padStart(10)} KB`;

const loaded = await bootOrder(await ensureBuilt(root, SHELL, console.log));
const files = loaded.filter(({ name }) => !name.startsWith('node:'));
console.log(
  `Before the window: ${files
    .filter(({ early }) => early)
    .map(({ name }) => name)
    .join(', ')}`,
);
console.log(
  `After it: ${
    files
      .filter(({ early }) => !early)
      .map(({ name }) => name)
      .join(', ') || 'nothing, until it is needed'
  }`,
);

const screen = await firstLoad(root);
console.log(`\nBefore the board, in ${screen.language}:${kb(screen.bytes)} of at most${kb(FIRST_LOAD_LIMIT)}`);
for (const { name, bytes } of screen.files) console.log(`${kb(bytes)}  ${name}`);
if (screen.bytes > FIRST_LOAD_LIMIT) process.exitCode = 1;

const programs = existsSync(installers) ? readdirSync(installers).filter((name) => name.endsWith('-unpacked')) : [];
for (const program of programs) {
  const packed = listPacked(join(installers, program));
  console.log(`\n${program}:${kb(packed.reduce((sum, { bytes }) => sum + bytes, 0))}`);
  for (const { path, bytes, why } of packed) console.log(`${kb(bytes)}  ${path}  (${why ?? 'NOBODY KNOWS WHY'})`);
}
