import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'electron-builder';
import { BUILDS } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run dist`: installers for this machine's system, into `dist/installers`; `-- --linux`, `--mac`, `--win` for others,
 * `--dir` for the unpacked program alone. What is packed is in electron-builder.yml.
 */
const root = join(import.meta.dirname, '..');
const flag = { type: 'boolean' } as const;
const { values } = parseArgs({ options: { linux: flag, mac: flag, win: flag, dir: flag } });

for (const one of BUILDS) await ensureBuilt(root, one, (line) => console.log(line));
await build({
  projectDir: root,
  publish: 'never',
  // An empty list: the targets of electron-builder.yml.
  ...(values.linux ? { linux: [] } : {}),
  ...(values.mac ? { mac: [] } : {}),
  ...(values.win ? { win: [] } : {}),
  ...(values.dir ? { dir: true } : {}),
});
