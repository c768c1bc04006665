import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_PER_MINUTE } from '#server/edge/rate-limit.ts';
import { connectFeed } from '#test/support/feed-client.ts';
import { freePort } from '#test/support/free-port.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startCommand } from '#test/support/program.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';

const DEPLOY = join(import.meta.dirname, '../../deploy');
const NAME = 'orders.example';
const isThere = (program: string, flag: string) => spawnSync(program, [flag]).status === 0;
const hasOpenssl = isThere('openssl', 'version');

interface Places {
  dir: string;
  /** Where the server listens: 127.0.0.1:4310. */
  server: string;
  http: number;
  https: number;
}

/** The files of `deploy/` with other ports and a certificate of the test. */
const PROXIES = [
  {
    proxy: 'nginx',
    isHere: hasOpenssl && isThere('nginx', '-v'),
    command({ dir, server, http, https }: Places): string[] {
      const site = readFileSync(join(DEPLOY, 'nginx.conf'), 'utf8')
        .replace('127.0.0.1:4310', server)
        .replace('listen 80;', `listen 127.0.0.1:${http};`)
        .replace('listen 443 ssl;', `listen 127.0.0.1:${https} ssl;`)
        .replace(/\/etc\/\S+fullchain\.pem/, join(dir, 'cert.pem'))
        .replace(/\/etc\/\S+privkey\.pem/, join(dir, 'key.pem'));
      writeFileSync(join(dir, 'site.conf'), site);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      for (const name of temporary) mkdirSync(join(dir, name));
      writeFileSync(
        join(dir, 'nginx.conf'),
        `daemon off; pid ${dir}/pid; error_log stderr; worker_processes 1; events {}
        ${process.getuid?.() === 0 ? 'user root;' : ''}
        http { access_log off; include site.conf;
          ${temporary.map((name) => `${name}_temp_path ${dir}/${name};`).join(' ')} }`,
      );
      return ['nginx', '-p', dir, '-c', join(dir, 'nginx.conf')];
    },
  },
  {
    proxy: 'Caddy',
    isHere: hasOpenssl && isThere('caddy', 'version'),
    command({ dir, server, http, https }: Places): string[] {
      const site = readFileSync(join(DEPLOY, 'Caddyfile'), 'utf8')
        .replace('127.0.0.1:4310', server)
        .replace(`${NAME} {`, `${NAME} {\n\tbind 127.0.0.1\n\ttls ${dir}/cert.pem ${dir}/key.pem`);
      const file = join(dir, 'Caddyfile');
      writeFileSync(file, `{\n\tadmin off\n\thttp_port ${http}\n\thttps_port ${https}\n}\n${site}`);
      return ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'];
    },
  },
];

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

// Each is tested where it is installed: apt-get install nginx-light caddy
describe.each(PROXIES)('$proxy, as in deploy/', ({ isHere, command }) => {
  let server: TestServer;
  let places: Places;
  let ca: Buffer;
  beforeEach(async () => {
    if (!isHere) return;
    const dir = mkdtempSync(join(tmpdir(), 'ticketrail-proxy-'));
    ends.push(() => rmSync(dir, { recursive: true, force: true }));
    const subject = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`];
    const files = ['-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')];
    spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject, ...files]);
    ca = readFileSync(join(dir, 'cert.pem'));
    server = await startServer({ PUBLIC_URL: `https://${NAME}`, TRUST_PROXY: '1', RATE_LIMIT: '6000' });
    ends.push(() => server.close());
    places = { dir, server: new URL(server.url).host, http: await freePort(), https: await freePort() };
    const env = { HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir };
    const program = await startCommand(command(places), { env }, () =>
      ask('GET', '/ready').then(
        ({ status }) => status === 200 || null,
        () => null,
      ),
    );
    ends.push(() => program.stop());
  });

  const secure = () => ({ ca, servername: NAME, headers: { host: NAME } });
  function ask(method: string, path: string, headers: object = {}, body?: object) {
    const options = { method, path, host: '127.0.0.1', port: places.https, ...secure(), timeout: 10_000 };
    return answerOf(
      secureRequest({ ...options, headers: { host: NAME, 'content-type': 'application/json', ...headers } }),
      body,
    );
  }

  it.skipIf(!isHere)('passes orders, sockets and the feed on', async () => {
    const store = await server.makeStore();
    const url = `https://127.0.0.1:${places.https}`;
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const kitchen = await connectStore(
      url,
      { token: store.display.token },
      { ca: ca as never, extraHeaders: { host: NAME, origin: `https://${NAME}` }, ...{ servername: NAME } },
    );
    ends.push(() => kitchen.close());
    kitchen.confirmAll();
    const { epoch } = await server.service.log.head(store.id);
    await kitchen.hello({ epoch, cursor: 0, hash: null });
    const feed = await connectFeed(url, { token: store.integration.token, ...secure() });
    ends.push(() => feed.ws.terminate());

    const placed = await ask('POST', '/api/v1/orders', bearer(store.integration.token), orderDraft());
    expect(placed.status).toBe(201);
    expect(placed.json.tracking.url).toMatch(new RegExp(`^https://${NAME}/track/`));
    await until('the order is on the socket', () => kitchen.batches.length > 0, 10_000);
    await until('the order is on the feed', () => feed.changes().length > 0, 10_000);
    expect(feed.changes()[0]?.data.orderId).toBe(placed.json.id);
  });

  it.skipIf(!isHere)('counts clients by their real address, whatever they claim', async () => {
    let status = 0;
    for (let i = 0; i <= OPEN_PER_MINUTE; i++)
      status = (await ask('GET', '/api/v1/openapi.json', { 'x-forwarded-for': `203.0.113.${i}` })).status;
    expect(status).toBe(429);
  });

  it.skipIf(!isHere)('leads to https, and keeps figures inside', async () => {
    const plain = await answerOf(
      request({ host: '127.0.0.1', port: places.http, path: '/docs', headers: { host: NAME } }),
    );
    expect([301, 308]).toContain(plain.status);
    expect(plain.headers.location).toBe(`https://${NAME}/docs`);
    expect((await ask('GET', '/api/v1/metrics')).status).toBe(404);
  });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any shape
  json: any;
}

function answerOf(sent: ReturnType<typeof request>, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', async (response) => {
      const content = await text(response);
      const json = /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(content) : undefined;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, json });
    });
    sent.end(body && JSON.stringify(body));
  });
}
