import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run types`: checks every zone with its own tsconfig, then the whole tree with its tests. */
const root = join(import.meta.dirname, '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
/** Each on one core: several threads of one compiler would check shared types several times. */
const AT_ONCE = 2;

const zones = [...readdirSync(join(root, 'src')).map((zone) => join('src', zone)), join('server', 'web')];
// The largest first, so that no core waits for it at the end.
const projects = ['.', join('server', 'src'), ...zones].filter((path) => existsSync(join(root, path, 'tsconfig.json')));

const waiting = [...projects];
const failed: string[] = [];
async function check(): Promise<void> {
  for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
    const complaints = await compile(project);
    if (complaints === '') continue;
    failed.push(project);
    console.error(`${complaints}\n`);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, check));

if (failed.length > 0) {
  console.error(`types: ${failed.length} of ${projects.length} projects are wrong: ${failed.join(', ')}`);
  process.exitCode = 1;
} else console.log(`types: ${projects.length} projects are right`);

/** @returns the errors, or an empty string */
function compile(project: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [tsc, '--singleThreaded', '-p', project],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve(error ? `${stdout}${stderr}`.trim() || error.message : ''),
    );
  });
}
