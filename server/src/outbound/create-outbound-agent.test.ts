import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createOutboundAgent, lookupPublic } from './create-outbound-agent.ts';

let hits = 0;
let port = 0;
const receiver = createServer((_, response) => {
  hits += 1;
  response.end('ok');
});
beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  port = (receiver.address() as AddressInfo).port;
});
afterAll(() => void receiver.close());

async function ask(host: string, privateTargets: boolean, scheme = 'http') {
  const dispatcher = createOutboundAgent(privateTargets);
  onTestFinished(() => dispatcher.destroy());
  const { statusCode, body } = await request(`${scheme}://${host}:${port}/`, { dispatcher });
  await body.dump();
  return statusCode;
}

it.each(['127.0.0.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost', 'LOCALHOST'])(
  'connects to %s only with PRIVATE_TARGETS, whether it is a number or a name',
  async (host) => {
    const before = hits;
    for (const scheme of ['http', 'https'])
      await expect(ask(host, false, scheme)).rejects.toThrow(/private network or of this machine/);
    expect(hits).toBe(before);
    expect(await ask(host, true)).toBe(200);
    expect(hits).toBe(before + 1);
  },
);

it('finds no address for a name that stands for this machine, in both forms of a lookup', async () => {
  for (const all of [true, false]) {
    const found = new Promise((resolve, reject) =>
      lookupPublic('localhost', { all }, (error, address) => (error ? reject(error) : resolve(address))),
    );
    await expect(found).rejects.toThrow('localhost is an address of a private network or of this machine');
  }
});
