import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ERROR_CODES } from '#contract/errors.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { connectStore, type StoreClient } from '#test/support/store-socket.ts';

let server: TestServer;
let store: TestStore;
let orderId: string;
beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
  orderId = (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() })).json.id;
});
afterAll(() => server.close());

const binary = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes));
const junk = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 60 }),
  binary,
  fc.dictionary(fc.string(), binary, { maxKeys: 3 }),
  fc.constantFrom<unknown>(
    null,
    -1,
    1.5,
    2 ** 60,
    'x'.repeat(5000),
    [],
    {},
    { __proto__: null, constructor: 1 },
    deep(2000),
  ),
);
const field = (good: fc.Arbitrary<unknown>) => fc.oneof(good, junk);
const hello = fc.record(
  {
    epoch: field(fc.constant(null)),
    cursor: field(fc.nat(5)),
    hash: field(fc.constant(null)),
    answered: field(fc.uuid()),
  },
  { requiredKeys: [] },
);
/** `after` is unknown or invalid, since a command without a predecessor but with invalid fields is rightly consumed. */
const command = fc.record(
  {
    after: fc.oneof(
      fc.uuid(),
      junk.filter((after) => after != null),
    ),
    commandId: field(fc.uuid()),
    orderId: field(fc.constantFrom('own', 'nobody')),
    type: field(fc.constantFrom('set_status', 'acknowledge', 'dance')),
    payload: field(fc.constant({ from: 'pending', to: 'preparing' })),
    baseVersion: field(fc.constant(1)),
    issuedAt: field(fc.constant('2026-11-21T10:00:00Z')),
  },
  { requiredKeys: ['after'] },
);
const message = fc.oneof(
  fc.tuple(
    fc.constantFrom('hello', 'commands', 'known', 'got', 'nobody', '__proto__', 'constructor', 'toString', 'error'),
    junk,
  ),
  fc.tuple(fc.constant('hello'), hello),
  fc.tuple(fc.constant('commands'), fc.record({ commands: field(fc.array(field(command), { maxLength: 60 })) })),
  fc.tuple(fc.constant('known'), fc.record({ ids: field(fc.array(field(fc.uuid()))) })),
  fc.tuple(fc.constant('got'), fc.record({ cursor: field(fc.nat()) })),
);

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = [value];
  return value;
}

/** As a new display: one that has sent much may not come back at once. */
async function connect(): Promise<StoreClient> {
  const body = { name: 'Fuzz', role: 'display' };
  const { json } = await server.api('POST', `/stores/${store.id}/devices`, { body });
  return connectStore(server.url, { token: json.token });
}

it('[section 6] answers or ignores any message; stores nothing and disconnects nobody else', async () => {
  let client = await connect();
  await fc.assert(
    fc.asyncProperty(message, fc.boolean(), async ([name, payload], waits) => {
      if (!client.socket.connected) client = await connect();
      if (!waits || name === 'got') {
        client.socket.emit(name, payload);
        return;
      }
      // More than ten binary parts in one packet: socket.io ends the connection.
      const answer = (await client.ask(name, payload).catch(() => null)) as Answer | null;
      if (answer === null) {
        expect(client.socket.connected).toBe(false);
        return;
      }
      if (answer.error) expect(ERROR_CODES).toContain(answer.error.code);
      else if (answer.results) expect(answer).toMatchObject({ results: [], expected: expect.any(String) });
      else if (name === 'known') expect(answer).toEqual({ known: [] });
      else expect(answer).toHaveProperty('mode');
      expect(answer.error?.code).not.toBe('internal');
    }),
    { numRuns: 500 },
  );
  client.close();
  expect(await server.service.log.head(store.id)).toMatchObject({ head: 1 });
});

interface Answer {
  error?: { code: string };
  results?: { outcome: string }[];
}

/** Parts of Engine.IO and Socket.IO packets, combined wrongly. */
const packet = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .tuple(
      fc.constantFrom('0', '1', '2', '3', '4', '40', '41', '42', '43', '44', '451-', '4599999999-', '461-', '5', '6'),
      fc.constantFrom('', '/store,', '/admin,', '/nobody,', '/__proto__,', '/store?x=1,'),
      fc.constantFrom('', '0', '1', '999999999999999999999'),
      fc.oneof(
        fc.jsonValue().map((value) => JSON.stringify(value)),
        fc.constantFrom(
          '["hello",{"_placeholder":true,"num":0}]',
          '["commands",{"_placeholder":true,"num":-1}]',
          '[',
          '["disconnect"]',
          '{"token":1}',
        ),
      ),
    )
    .map((parts) => parts.join('')),
);

it('[section 6] ends only the connection that sent broken packets', async () => {
  const bystander = await connectStore(server.url, { token: store.display2.token });
  const address = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const auth = `40/store,${JSON.stringify({ token: store.display.token, protocol: 1, appVersion: 'fuzz' })}`;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(packet, binary), { maxLength: 5 }), fc.boolean(), async (packets, knows) => {
      const socket = new WebSocket(address);
      const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      if (knows) socket.send(auth);
      for (const data of packets) socket.send(typeof data === 'string' ? data : new Uint8Array(data));
      await new Promise((resolve) => setTimeout(resolve, 2));
      socket.close();
      await closed;
    }),
    { numRuns: 150 },
  );
  expect(bystander.socket.connected).toBe(true);
  expect(await bystander.hello()).toMatchObject({ mode: 'snapshot' });
  const intent = { commandId: randomUUID(), orderId, type: 'acknowledge', payload: {}, baseVersion: 1 };
  const commands = [{ ...intent, issuedAt: new Date().toISOString() }];
  expect(await bystander.ask('commands', { commands })).toMatchObject({ results: [{ outcome: 'applied' }] });
  bystander.close();
});
