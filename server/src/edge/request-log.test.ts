import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { readSettings } from '../settings.ts';
import { sqliteService } from '../testing/temp-service.ts';
import { createServer } from './create-server.ts';

const ADMIN_TOKEN = 'admin-token-of-the-tests-0123456789';

it('logs requests by their route, never their address, and only some of those that are refused', async () => {
  let text = '';
  const log = pino(
    {},
    {
      write(line: string) {
        text += line;
      },
    },
  );
  const temp = await sqliteService();
  const settings = readSettings({ PORT: '0', ADMIN_TOKEN });
  const server = await createServer({ settings, service: temp.service, log });
  const stop = await server.listen();
  onTestFinished(async () => {
    await stop();
    await temp.dispose();
  });
  const get = (path: string) =>
    fetch(server.url() + path, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }).then((answer) => answer.text());
  await get('/api/v1/orders/secret-order?q=secret-name');
  await get('/api/v1/orders?limit=secret-number');
  for (let i = 0; i < 200; i++) await get(`/track/secret-token-${'x'.repeat(2_000)}`);
  expect(text).not.toContain('secret');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === 'http');
  expect(lines.find(({ status }) => status === 400)).toMatchObject({ method: 'GET', route: '/api/v1/orders' });
  expect(lines.find(({ route }) => route === '/api/v1/orders/:id')).toMatchObject({ status: 404, by: 'admin' });
  expect(lines.length).toBeLessThan(70);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(400);
}, 30_000);
