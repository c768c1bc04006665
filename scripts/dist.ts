import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BUILDS } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/** `npm run dist`: builds what is packed, then hands over to electron-builder with the arguments given (`-- --linux deb`). */
const root = join(import.meta.dirname, '..');
for (const build of BUILDS) await ensureBuilt(root, build, (line) => console.log(line));
const builder = createRequire(join(root, 'package.json')).resolve('electron-builder/cli.js');
const args = [builder, '--publish', 'never', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
