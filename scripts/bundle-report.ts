import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootOrder } from './pack/boot-order.ts';
import { FIRST_LOAD_LIMIT, firstLoad } from './pack/first-load.ts';
import { listPacked } from './pack/list-packed.ts';
import { measureStarts } from './pack/measure-starts.ts';
import { BUILDS, SHELL } from './start/builds.ts';
import { installedElectron } from './start/electron-binary.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run weigh`: the scripts that the screen loads first, how long a start takes to its first ticket, the modules that the
 * desktop program loads before and after its window, and the files in each program that `npm run dist -- --dir` left in
 * `dist/installers`, with their size and purpose. Exits with 1 if the first load of the screen is too large.
 */
const root = join(import.meta.dirname, '..');
const STARTS = 5;
const installers = join(root, 'dist/installers');
const kb = (bytes: number): string => `${(bytes / 1_000).toFixed(1).padStart(10)} kB`;
const sumOf = (files: { bytes: number }[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

const { language, bytes: first, files } = await firstLoad(root);
console.log(`First load of the screen, scripts, in ${language}:${kb(first)} of${kb(FIRST_LOAD_LIMIT)}`);
for (const { name, bytes } of files) console.log(`${kb(bytes)}  ${name}`);
if (first > FIRST_LOAD_LIMIT) {
  console.error('The first load of the screen is too large.');
  process.exitCode = 1;
}

for (const one of BUILDS) await ensureBuilt(root, one, console.log);
const electron = installedElectron(root);
const start = await measureStarts(electron, STARTS);
console.log(`\nFrom the start to the first ticket, ms, median of ${STARTS} starts:`);
console.log(`the program runs ${start.program}, its page begins ${start.page}, a ticket is shown ${start.ticket}`);
if (!electron)
  console.log('There is no Electron here: these are the figures of the browser host and a page in Chromium.');

const loaded = (await bootOrder(join(root, SHELL.dir))).filter(({ name }) => !name.startsWith('node:'));
const names = (early: boolean): string =>
  loaded
    .filter((file) => file.early === early)
    .map(({ name }) => name)
    .join(', ');
console.log(`\nBefore the window: ${names(true)}`);
console.log(`After it: ${names(false) || 'nothing, until it is needed'}`);

const programs = existsSync(installers) ? readdirSync(installers).filter((name) => name.endsWith('-unpacked')) : [];
for (const program of programs) {
  const packed = listPacked(join(installers, program));
  console.log(`\n${program}:${kb(sumOf(packed))}`);
  for (const { path, bytes, why } of packed) console.log(`${kb(bytes)}  ${path}  (${why ?? 'PURPOSE UNKNOWN'})`);
}
