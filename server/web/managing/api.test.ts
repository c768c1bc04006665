import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createApi } from './api.ts';

/** A server that answers each call with the next status, or not at all. @returns the keys that came */
async function serve(statuses: (number | 'nothing')[]) {
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key'] as string | undefined);
    const status = statuses.shift() ?? 201;
    if (status === 'nothing') return void request.socket.destroy();
    const body = status < 300 ? {} : { error: { code: status === 409 ? 'conflict' : 'unavailable', message: '' } };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { keys, api: createApi({ base: `http://127.0.0.1:${port}/admin` }) };
}

it('a form that is sent again after no answer has the same Idempotency-Key, and another one once it is answered', async () => {
  const { keys, api } = await serve(['nothing', 503, 201, 201]);
  const send = (name: string) => api('POST', '/stores/main/printers', { name }, { once: true });
  for (const ok of [false, false, true, true]) expect((await send('Pass')).ok).toBe(ok);
  await send('Bar');
  const [first, second, third, fourth, other] = keys;
  expect([second, third]).toEqual([first, first]);
  expect(new Set([first, fourth, other]).size).toBe(3);
  expect(first).toMatch(/^[\x21-\x7e]{8,200}$/);
});

it('a form that is refused because what it made is deleted makes another when it is sent again', async () => {
  const { keys, api } = await serve(['nothing', 409, 201]);
  const send = () => api('POST', '/stores', { name: 'Main' }, { once: true });
  for (const ok of [false, false, true]) expect((await send()).ok).toBe(ok);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

it('other calls have no Idempotency-Key', async () => {
  const { keys, api } = await serve([201, 201]);
  await api('POST', '/orders/1/status', { status: 'ready' });
  await api('GET', '/stores');
  expect(keys).toEqual([undefined, undefined]);
});
