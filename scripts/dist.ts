import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from './pack/pack.ts';
import { BUILDS } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run dist`: installers for this machine's system, into `dist/installers`; `-- --linux`, `--mac`, `--win` for others,
 * `--dir` for the unpacked program alone. What is packed is in electron-builder.yml.
 *
 * `TICKETRAIL_UPDATES` is where the program looks for updates, `TICKETRAIL_UPDATE_KEY` the private key (PEM, Ed25519) that
 * signs them, `TICKETRAIL_UPDATE_SHARE` the percentage of displays that get this one. Without them it looks for no updates.
 */
const root = join(import.meta.dirname, '..');
const flag = { type: 'boolean', default: false } as const;
const { values } = parseArgs({ options: { linux: flag, mac: flag, win: flag, dir: flag } });

for (const one of BUILDS) await ensureBuilt(root, one, (line) => console.log(line));
try {
  await pack({
    root,
    output: resolve(root, 'dist/installers'),
    platforms: (['linux', 'mac', 'win'] as const).filter((platform) => values[platform]),
    dir: values.dir,
    updates: {
      url: process.env.TICKETRAIL_UPDATES,
      key: process.env.TICKETRAIL_UPDATE_KEY,
      share: process.env.TICKETRAIL_UPDATE_SHARE,
    },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
