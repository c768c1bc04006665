import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAskServer } from '#test/support/ask-server.ts';
import { freePort } from '#test/support/free-port.ts';
import { startCommand } from '#test/support/program.ts';

const ROOT = join(import.meta.dirname, '../..');
const ADMIN_TOKEN = 'a-token-for-the-container-0123456789';
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').replaceAll('\\\n', '');
const stages = dockerfile.split(/^FROM /m).slice(1);
const pages = stages.find((stage) => / AS pages\n/.test(stage)) ?? '';
/** The last one becomes the image. */
const image = stages.at(-1) ?? '';
const copied = (stage: string): string[][] =>
  [...stage.matchAll(/^COPY (?!--from)(.+)$/gm)].map(([, paths = '']) => paths.trim().split(/\s+/));
const commandOf = (instruction: string): string[] =>
  JSON.parse(new RegExp(`^${instruction} (?:--\\S+ )*(?:\\s*CMD )?(\\[.*\\])$`, 'm').exec(image)?.[1] ?? '[]');

let dir: string;
let app: string;
const ends: (() => Promise<void> | void)[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-container-'));
  app = join(dir, 'app');
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The files of a stage, as its context has them. */
function copyFiles(stage: string, target: string): void {
  const wanted = (path: string) => !/\.test\.tsx?$|[/\\]testing([/\\]|$)/.test(path);
  for (const paths of copied(stage)) {
    const to = paths.at(-1) ?? '';
    for (const from of paths.slice(0, -1)) {
      const place = to.endsWith('/') ? join(to, from.slice(from.lastIndexOf('/') + 1)) : to;
      cpSync(join(ROOT, from), join(target, place), { recursive: true, filter: wanted });
    }
  }
}

/** The image: of the packages only those that are installed there, and the pages as their stage builds them. */
function makeApp(): void {
  copyFiles(image, app);
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || dev || devOptional) continue;
    mkdirSync(join(app, dirname(path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(app, path), 'junction');
  }
  const building = join(dir, 'pages');
  copyFiles(pages, building);
  symlinkSync(join(ROOT, 'node_modules'), join(building, 'node_modules'), 'junction');
  const [, script = ''] = /^RUN node (.+)$/m.exec(pages) ?? [];
  const { status, stderr } = spawnSync(process.execPath, [script], { cwd: building, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const [, built = '', place = ''] = /^COPY --from=pages \/app\/(\S+) (\S+)$/m.exec(image) ?? [];
  cpSync(join(building, built), join(app, place), { recursive: true });
}

it('has all that the server and its commands need, answers its health check, and writes nothing but its data', async () => {
  makeApp();
  const port = String(await freePort());
  const database = join(dir, 'data/ticketrail.db');
  const env = { PORT: port, ADMIN_TOKEN, DATABASE_URL: `file:${database}`, NODE_ENV: 'production' };
  const [node, ...main] = commandOf('CMD');
  expect(node).toBe('node');
  const files = () => globSync('**', { cwd: app }).filter((path) => !path.startsWith('node_modules'));
  const before = files();
  const healthy = () => {
    const [command, ...args] = commandOf('HEALTHCHECK');
    expect(command).toBe('node');
    return spawnSync(process.execPath, args, { env: { ...process.env, ...env } }).status === 0;
  };
  expect(healthy()).toBe(false);
  const listens = (output: string) => output.includes(`:${port}`) || null;
  const server = await startCommand([process.execPath, ...main], { env, cwd: app }, listens);
  ends.push(() => server.stop('SIGKILL'));
  expect(healthy()).toBe(true);
  const api = createAskServer(`http://127.0.0.1:${port}`, ADMIN_TOKEN);
  const store = { id: 'main', name: 'Main', currency: 'GEL', timeZone: 'UTC' };
  expect((await api('POST', '/stores', { body: store })).status).toBe(201);

  const page = await fetch(`http://127.0.0.1:${port}/my`);
  expect(page.status).toBe(200);
  const [, name = ''] = /<script[^>]* src="([^"]+)"/.exec(await page.text()) ?? [];
  expect((await fetch(new URL(name, page.url))).headers.get('content-type')).toContain('javascript');

  const old = join(dir, 'old.csv');
  writeFileSync(old, 'id,status,created_at,total,items\n1,new,2025-03-01,5,"[""Soup""]"\n');
  const run = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], { cwd: app, env: { ...process.env, ...env } });
  const backup = join(dir, 'backup.db');
  expect(run('backup', backup).status).toBe(0);
  expect(run('import', '--store', 'main', old).status).toBe(0);
  expect((await api('GET', '/orders?storeId=main')).json.orders).toHaveLength(1);
  await server.stop();
  // Windows has no signal that a program could heed.
  if (process.platform !== 'win32') expect(await server.ended).toBe(0);
  expect(run('check', database).status).toBe(0);
  expect(run('restore', backup).status).toBe(0);
  expect(files()).toEqual(before);
}, 120_000);

it('copies nothing that .dockerignore keeps away', () => {
  const ignore = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  const allowed = ignore.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const sources = [pages, image].flatMap(copied).flatMap((paths) => paths.slice(0, -1));
  expect(sources.length).toBeGreaterThan(5);
  expect(sources.filter((path) => !allowed.some((one) => path === one || path.startsWith(`${one}/`)))).toEqual([]);
});

it('runs as a user without rights', () => {
  expect(image).toMatch(/^USER node$/m);
  const compose = readFileSync(join(ROOT, 'compose.yaml'), 'utf8');
  for (const line of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true']) expect(compose).toContain(line);
});
