import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '#test/support/server.ts';
import { SCREEN } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/** `npm run display:web` as a child process. */
const root = join(import.meta.dirname, '..');
const PATIENCE = { timeout: 30_000, interval: 50 };
const READY = /^display ready (http:\/\/127\.0\.0\.1:(\d+)\/\?key=([\w-]{22}))$/m;

const undo: (() => unknown)[] = [];
beforeAll(() => ensureBuilt(root, SCREEN, () => {}), 120_000);
afterEach(async () => {
  for (const last of undo.splice(0).reverse()) await last();
});

function run(args: string[], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [join(root, 'scripts/display-web.ts'), ...args], {
    env: { ...process.env, ...env },
  });
  const out = { stdout: '', stderr: '' };
  child.stdout?.on('data', (text) => {
    out.stdout += text;
  });
  child.stderr?.on('data', (text) => {
    out.stderr += text;
  });
  const gone = new Promise<number | null>((resolve) => child.on('exit', resolve));
  undo.push(() => {
    child.kill('SIGKILL');
    return gone;
  });
  const ready = async () => {
    await expect.poll(() => out.stdout, PATIENCE).toMatch(READY);
    const [, address = '', port = '', key = ''] = READY.exec(out.stdout) ?? [];
    return { address, port, key };
  };
  return { child, out, gone, ready };
}
const dataFolder = () => mkdtempSync(join(tmpdir(), 'display-web-'));

describe('npm run display:web (contract, section 1)', { timeout: 60_000 }, () => {
  test('prints one line when it serves, without a reachable server too, and ends with 0 on SIGTERM', async () => {
    const one = run(['--server', 'http://127.0.0.1:9', '--token', 't', '--data', dataFolder(), '--port', '0']);
    const { address } = await one.ready();
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    expect(one.out.stdout.trim().split('\n')).toHaveLength(1);
    one.child.kill('SIGTERM');
    expect(await one.gone).toBe(process.platform === 'win32' ? null : 0);
    expect(one.out.stderr).toBe('');
  });

  test('starts again at once after a SIGKILL, in the same folder and with the same key', async () => {
    const dir = dataFolder();
    const first = run(['--data', dir, '--port', '0']);
    const { key, port } = await first.ready();
    first.child.kill('SIGKILL');
    await first.gone;
    expect(await run(['--data', dir, '--port', port]).ready()).toMatchObject({ key, port });
  });

  test.each(['TICKETRAIL_TOKEN', '--token-file'])('takes the token from %s', async (way) => {
    const server = await startServer();
    undo.push(server.close);
    const store = await server.makeStore();
    const { token, deviceId } = store.display;
    const file = join(dataFolder(), 'token');
    writeFileSync(file, `${token}\n`);
    const where = ['--server', server.url, '--data', dataFolder(), '--port', '0'];
    await (way === '--token-file' ? run([...where, way, file]) : run(where, { [way]: token })).ready();
    const live = async () => {
      const { devices } = (await server.api('GET', `/stores/${store.id}/devices`)).json;
      return devices.find((device: { deviceId: string }) => device.deviceId === deviceId).live;
    };
    await expect.poll(live, PATIENCE).toBe(true);
  });

  test('exits with 1 and one sentence for a port in use, a folder in use or a wrong argument', async () => {
    const dir = dataFolder();
    const { port } = await run(['--data', dir, '--port', '0']).ready();
    const refused: [string[], string][] = [
      [
        ['--data', dataFolder(), '--port', port],
        `Port ${port} is in use by another program: choose a free one with --port.`,
      ],
      [
        ['--data', dir, '--port', '0'],
        `Another display uses ${dir}: stop it, or give this one a folder of its own with --data.`,
      ],
      [['--port', 'x'], '--port must be a number up to 65535, not "x".'],
    ];
    for (const [args, sentence] of refused) {
      const other = run(args);
      expect(await other.gone).toBe(1);
      expect(other.out).toEqual({ stdout: '', stderr: `${sentence}\n` });
    }
  });

  test('lists the arguments for --help', async () => {
    const help = run(['--help']);
    expect(await help.gone).toBe(0);
    expect(help.out.stdout).toContain('--token-file');
  });
});
