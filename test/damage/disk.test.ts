import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeStorage } from '#adapters/node-storage.ts';

/** Real disk failures: a small file system that fills up, a read-only one, and a file size limit. */

const TARGET = join(import.meta.dirname, 'target-process.ts');
/** Mounting needs Linux and user namespaces; tests that need it are skipped elsewhere. */
const canMount = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /tmp']).status === 0;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-damage-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Runs an sh script with "$NODE" and "$DIR" set, and parses its last line as JSON. */
function run(script: string, command = ['sh', '-c']) {
  const [program = 'sh', ...args] = command;
  const env = { ...process.env, NODE: process.execPath, DIR: dir, TARGET };
  const output = execFileSync(program, [...args, script], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}
const mounted = (script: string) =>
  run(`mount -t tmpfs -o size=2m none "$DIR" && ${script}`, ['unshare', '-rm', 'sh', '-c']);

it.skipIf(!canMount)(
  '[C1] refuses taps on a full disk and reports it, loses none, and recovers when there is room',
  () => {
    const { atRefusal, after, answered, kept } = mounted('"$NODE" "$TARGET" "$DIR" ballast');
    expect(atRefusal).toMatchObject({ refused: 'disk', troubles: ['disk_full'] });
    expect(after).toEqual({ refused: null, troubles: [] });
    expect(kept).toBe(answered);
  },
);

it.skipIf(process.platform === 'win32')(
  '[C1] refuses taps when the disk fails during service and reports it, and loses none',
  () => {
    // 1,024 blocks of 512 or 1,024 bytes per file, depending on the shell; a write beyond that is an error, not a signal.
    const { atRefusal, answered, kept } = run(`trap "" XFSZ; ulimit -f 1024; exec "$NODE" "$TARGET" "$DIR"`, [
      'bash',
      '-c',
    ]);
    expect(atRefusal).toMatchObject({ refused: 'disk', troubles: ['disk_failed'] });
    expect(answered).toBeGreaterThan(0);
    expect(kept).toBe(answered);
  },
);

it.skipIf(!canMount)('does not start on a read-only disk, where it could store no tap, and says why', () => {
  const script = `import { nodeStorage } from '#adapters/node-storage.ts';
    try { nodeStorage(process.env.DIR + '/data', { info() {}, warn() {}, error() {} }).openQueue().store.close(); }
    catch ({ fault, message }) { console.log(JSON.stringify({ fault, message })); }`;
  const open = `"$NODE" --input-type=module -e '${script.replaceAll("'", `'"'"'`)}'`;
  const { fault, message } = mounted(`${open} && mount -o remount,ro "$DIR" && ${open}`);
  expect(fault).toBe('failed');
  expect(message).toMatch(/read-only|EROFS/i);
});

it('does not start where queue.db is a folder, and says why', () => {
  mkdirSync(join(dir, 'queue.db'));
  const open = () => nodeStorage(dir, { info() {}, warn() {}, error() {} }).openQueue();
  expect(open).toThrow(expect.objectContaining({ fault: 'failed' }));
});
