import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PAGES, SCREEN } from './builds.ts';
import { ensureBuilt } from './ensure-built.ts';

/** `npm start` as a child process, with a temporary data folder. */
const root = join(import.meta.dirname, '../..');
const onPosix = describe.skipIf(process.platform === 'win32');
const PATIENCE = { timeout: 30_000, interval: 50 };

let data: string;
let running: Start[] = [];
beforeAll(async () => {
  for (const build of [SCREEN, PAGES]) await ensureBuilt(root, build, () => {});
}, 120_000);
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'start-'));
});
afterEach(async () => {
  for (const { process, gone } of running) {
    process.kill('SIGKILL');
    await gone;
  }
  running = [];
  rmSync(data, { recursive: true, force: true });
});

interface Start {
  process: ChildProcess;
  out: { text: string };
  gone: Promise<number | null>;
}

function start(...args: string[]): Start {
  return startWith({ DISPLAY: '', WAYLAND_DISPLAY: '', CI: '1' }, ...args);
}

function startWith(environment: Record<string, string>, ...args: string[]): Start {
  const env = { ...globalThis.process.env, TICKETRAIL_DATA: data, ...environment };
  const process = spawn(globalThis.process.execPath, [join(root, 'scripts/start.ts'), ...args], { env });
  const out = { text: '' };
  for (const stream of [process.stdout, process.stderr])
    stream.on('data', (text) => {
      out.text += text;
    });
  const gone = new Promise<number | null>((resolve) => process.on('exit', resolve));
  const one = { process, out, gone };
  running.push(one);
  return one;
}

async function ready(one: Start) {
  await expect.poll(() => one.out.text, PATIENCE).toContain('Ctrl-C stops everything.');
  const found = (pattern: RegExp) => pattern.exec(one.out.text)?.[1] ?? '';
  const api = found(/API +(http:\S+?)\/docs/);
  return { board: found(/Board +(http:\S+)/), api, tokens: JSON.parse(readFileSync(tokenFile(), 'utf8')) };
}
const tokenFile = () => join(data, 'demo', 'tokens.json');

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );
async function orders(api: string, token: string): Promise<number> {
  const answer = await fetch(`${api}/orders`, { headers: { authorization: `Bearer ${token}` } }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as { orders: unknown[] }).orders.length : -1;
}

/** The children of a process, with their command lines. */
function childrenOf(pid: number | undefined): { pid: number; command: string }[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' }).split('\n');
  const children = rows.flatMap((row) => {
    const [, child, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    return Number(parent) === pid ? [{ pid: Number(child), command: command ?? '' }] : [];
  });
  // The `ps` itself is one of our children.
  return children.filter(({ command }) => !command.startsWith('ps '));
}
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

onPosix('npm start (contract, section 1)', { timeout: 120_000 }, () => {
  test('starts server, shop, feed and display once, prints where they are, and stops all on one Ctrl-C', async () => {
    const one = start();
    const { board, api, tokens } = await ready(one);
    expect(board).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?key=/);
    expect((await fetch(board, { redirect: 'manual' })).status).toBe(303);
    expect((await fetch(`${api}/docs/`)).status).toBe(200);
    await expect.poll(() => orders(api, tokens.integration), PATIENCE).toBeGreaterThan(2);
    expect(statSync(tokenFile()).mode & 0o077).toBe(0);
    expect(one.out.text).not.toMatch(/warn|error|at .*\.ts:/i);
    const found = (pattern: RegExp) => pattern.exec(one.out.text)?.[1] ?? '';
    expect(await (await fetch(found(/Console +(http:\S+)/))).text()).toContain(tokens.manager);
    expect((await fetch(found(/Admin +(http:\S+)/))).status).toBe(200);
    expect(found(/Order +(http:\S+)/)).toContain('/track/');
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ code: found(/Pairing +([0-9A-Z]{6}),/), deviceName: 'Bar' });
    expect((await fetch(`${api}/pair`, { method: 'POST', headers, body })).status).toBe(201);
    const second = start('--fresh');
    expect(await second.gone).toBe(0);
    expect(second.out.text).toBe(`Ticketrail is running already: ${board}\n`);
    expect(await answers(board)).toBe(true);

    const children = childrenOf(one.process.pid);
    expect(children).toHaveLength(2);
    one.process.kill('SIGINT');
    expect(await one.gone).toBe(0);
    expect(children.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(await answers(api)).toBe(false);
    expect(await answers(board)).toBe(false);
    expect(existsSync(join(data, 'start.lock'))).toBe(false);
  });

  test('takes the next free ports beside another copy, and says so', async () => {
    await ready(start('--no-feed'));
    const first = data;
    data = mkdtempSync(join(tmpdir(), 'start-'));
    const other = start('--no-feed');
    await ready(other);
    expect(other.out.text).toMatch(/Port 4310 is taken, so the server is on \d+\./);
    expect(other.out.text).toMatch(/Port 4320 is taken, so the board is on \d+\./);
    rmSync(first, { recursive: true, force: true });
  });

  test('restarts a crashed server and display at the same addresses with the same orders', async () => {
    const one = start('--no-feed');
    const { board, api, tokens } = await ready(one);
    const body = JSON.stringify({ items: [{ name: 'Pkhali', quantity: 1 }], currency: 'GEL', totalMinor: 1500 });
    const headers = { authorization: `Bearer ${tokens.integration}`, 'content-type': 'application/json' };
    expect((await fetch(`${api}/orders`, { method: 'POST', headers, body })).status).toBe(201);
    for (const { pid } of childrenOf(one.process.pid)) process.kill(pid, 'SIGKILL');
    await expect.poll(() => one.out.text, PATIENCE).toContain('The server stopped and is started again');
    await expect.poll(() => one.out.text, PATIENCE).toContain('The display stopped and is started again');
    await expect.poll(() => orders(api, tokens.integration), PATIENCE).toBe(1);
    await expect.poll(() => answers(board), PATIENCE).toBe(true);
    one.process.kill('SIGTERM');
    expect(await one.gone).toBe(0);
  });

  test('ends its children after a SIGKILL, starts again with the same tokens, and with --fresh from nothing', async () => {
    const one = start('--no-feed');
    const { tokens } = await ready(one);
    const children = childrenOf(one.process.pid);
    one.process.kill('SIGKILL');
    await one.gone;
    await expect.poll(() => children.filter(({ pid }) => isAlive(pid)), PATIENCE).toEqual([]);
    const again = start('--no-feed');
    expect((await ready(again)).tokens).toEqual(tokens);
    again.process.kill('SIGINT');
    await again.gone;
    const fresh = await ready(start('--fresh', '--no-feed'));
    expect(fresh.tokens.admin).not.toBe(tokens.admin);
    expect(await orders(fresh.api, fresh.tokens.integration)).toBe(0);
  });

  /** A folder with a program called `electron`, and a desktop. */
  function electronOf(script: string): Record<string, string> {
    const dist = join(data, 'electron-dist');
    mkdirSync(dist);
    writeFileSync(join(dist, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { ELECTRON_OVERRIDE_DIST_PATH: dist, DISPLAY: ':0', CI: '', SSH_CONNECTION: '' };
  }

  test('opens an Electron window when there is an Electron, and closes it on Ctrl-C', async () => {
    const double = join(root, 'test/support/electron/register-electron.ts');
    const one = startWith(electronOf(`exec "${process.execPath}" --import "${double}" "$@"`), '--no-feed', '--no-open');
    const { board, api } = await ready(one);
    expect(board).toBe('');
    expect(one.out.text).toContain('Board    in its own window');
    const devices = async () => {
      const headers = { authorization: `Bearer ${JSON.parse(readFileSync(tokenFile(), 'utf8')).admin}` };
      const answer = await fetch(`${api}/stores/main/devices`, { headers });
      return ((await answer.json()) as { devices: { role: string; live: boolean }[] }).devices;
    };
    await expect.poll(devices, PATIENCE).toContainEqual(expect.objectContaining({ role: 'display', live: true }));
    const children = childrenOf(one.process.pid);
    one.process.kill('SIGINT');
    expect(await one.gone).toBe(0);
    expect(children.filter(({ pid }) => isAlive(pid))).toEqual([]);
  });

  test('serves the board to a browser when Electron does not start, and says why in one line', async () => {
    const refusal = 'The SUID sandbox helper binary was found, but is not configured correctly.';
    const one = startWith(electronOf(`echo "FATAL ${refusal}" >&2; exit 1`), '--no-feed', '--no-open');
    const { board } = await ready(one);
    expect(board).toMatch(/^http:/);
    expect(one.out.text).toMatch(/Allow it once: sudo chown root: .*\nUntil then the board is in the browser\./);
    expect(one.out.text).not.toContain('FATAL');
  });

  test('exits with 1 and one sentence for a wrong argument', async () => {
    const wrong = start('--nofeed');
    expect(await wrong.gone).toBe(1);
    expect(wrong.out.text).toBe("Unknown option '--nofeed'. Try npm start -- --help.\n");
    const help = start('--help');
    expect(await help.gone).toBe(0);
    expect(help.out.text).toContain('--no-feed');
  });
});
