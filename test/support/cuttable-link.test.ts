import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CuttableLink, createCuttableLink } from './cuttable-link.ts';

const server = createServer((_, response) => response.end('here'));
let link: CuttableLink;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  link = await createCuttableLink(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await link.close();
  server.closeAllConnections();
  server.close();
});

/** On a new connection: one that was kept may turn out to be cut only when it is used. */
const ask = (ms = 5_000) =>
  fetch(link.url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(ms) }).then((answer) =>
    answer.text(),
  );

it('relays, breaks when cut, is silent when frozen, and relays again when restored', async () => {
  expect(await ask()).toBe('here');
  await link.cut();
  await expect(ask()).rejects.toThrow('fetch failed');
  await link.repair();
  expect(await ask()).toBe('here');
  await link.freeze();
  await expect(ask(300)).rejects.toThrow('timeout');
  await link.repair();
  expect(await ask()).toBe('here');
});
