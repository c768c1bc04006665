import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Delivery, Webhook } from '#contract/webhook.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';
import { isSigned, type Receiver, startReceiver } from '../../testing/webhook-receiver.ts';

let server: TestServer;
let store: TestStore;
let receiver: Receiver;
beforeAll(async () => {
  server = await startServer({ PRIVATE_TARGETS: '1' });
});
beforeEach(async () => {
  store = await server.makeStore();
  receiver = await startReceiver();
  onTestFinished(() => receiver.kill());
});
afterAll(() => server.close());

const create = (body: object, token?: string) =>
  server.api('POST', `/stores/${store.id}/webhooks`, { body, ...(token && { token }) });
const made = async (over = {}) => (await create({ url: receiver.url, ...over })).json;
const place = async () =>
  (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() })).json;
const calls = (count: number) => until(`${count} calls`, () => receiver.calls.length >= count, 10_000);

describe('[section 11] /stores/:id/webhooks and /webhooks/:id', () => {
  it('show the secret once, in the answer to the call that made it', async () => {
    const { status, json } = await create({ url: receiver.url });
    expect(status).toBe(201);
    const { secret, ...webhook } = json;
    expect(secret).toMatch(/^whsec_/);
    expect(Webhook.strict().parse(webhook)).toEqual(webhook);
    expect(webhook).toMatchObject({ storeId: store.id, url: receiver.url, events: null, disabled: false, cursor: 0 });
    const others = [
      await server.api('GET', `/webhooks/${webhook.id}`),
      await server.api('GET', `/stores/${store.id}/webhooks`),
      await server.api('PATCH', `/webhooks/${webhook.id}`, { body: { events: ['escalation'] } }),
    ];
    for (const answer of others) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('secret');
    }
    expect(others[0]?.json).toEqual(webhook);
    expect(others[1]?.json).toEqual({ webhooks: [webhook] });
    expect(others[2]?.json).toEqual({ ...webhook, events: ['escalation'] });
  });

  it('[section 16] are for admins and managers, each in its store; another’s webhook is not found', async () => {
    const manager = (await server.addDevice(store.id, 'manager')).token;
    const other = await server.makeStore();
    const stranger = (await server.addDevice(other.id, 'manager')).token;
    const { id } = (await create({ url: receiver.url }, manager)).json;
    const own = [
      ['GET', `/webhooks/${id}`],
      ['PATCH', `/webhooks/${id}`, { disabled: true }],
      ['GET', `/webhooks/${id}/deliveries`],
      ['POST', `/webhooks/${id}/test`],
      ['POST', `/webhooks/${id}/replay`, { from: 1 }],
      ['POST', `/webhooks/${id}/rotate`],
      ['DELETE', `/webhooks/${id}`],
    ] as const;
    for (const [method, path, body] of own)
      for (const [token, expected] of [
        [stranger, 404],
        [store.display.token, 403],
        [store.integration.token, 403],
        [null, 401],
      ] as const)
        expect((await server.api(method, path, { token, body })).status, `${method} ${path}`).toBe(expected);
    expect((await create({ url: receiver.url }, stranger)).status).toBe(404);
    for (const [method, path, body] of own)
      expect((await server.api(method, path, { token: manager, body })).status, `${method} ${path}`).toBeLessThan(300);
    for (const [method, path, body] of own) expect((await server.api(method, path, { body })).status).toBe(404);
  });

  it('[section 16] refuse wrong input with the field’s name, in PATCH too, and change nothing', async () => {
    const webhook = await made();
    for (const [body, path] of [
      [{ url: 'ftp://shop.example/' }, 'url'],
      [{ url: 'https://me:secret@shop.example/' }, 'url'],
      [{ url: 'shop.example' }, 'url'],
      [{ url: '' }, 'url'],
      [{ url: 7 }, 'url'],
      [{ url: `https://shop.example/${'x'.repeat(2_000)}` }, 'url'],
      [{ url: receiver.url, events: ['order_eaten'] }, 'events.0'],
      [{ url: receiver.url, events: ['stats_updated'] }, 'events.0'],
      [{ url: receiver.url, events: [] }, 'events'],
      [{ url: receiver.url, events: 'order_created' }, 'events'],
      [{ url: receiver.url, disabled: 'yes' }, 'disabled'],
      [{ url: receiver.url, colour: 'red' }, 'colour'],
    ] as const)
      for (const answer of [await create(body), await server.api('PATCH', `/webhooks/${webhook.id}`, { body })]) {
        expect(answer.status, JSON.stringify(body)).toBe(400);
        expect(answer.json.error.code).toBe('invalid_request');
        expect(answer.json.error.details[0].path).toBe(path);
      }
    expect((await create({})).json.error.details[0].path).toBe('url');
    for (const from of [-1, 1.5, 'x', 99, undefined]) {
      const answer = await server.api('POST', `/webhooks/${webhook.id}/replay`, { body: { from } });
      expect([answer.status, answer.json.error.details[0].path]).toEqual([400, 'from']);
    }
    const { json } = await server.api('GET', `/stores/${store.id}/webhooks`);
    expect(json.webhooks).toHaveLength(1);
    expect({ ...json.webhooks[0], secret: webhook.secret }).toEqual(webhook);
  });

  it('are at most 20 in a store', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 21; i++) statuses.push((await create({ url: receiver.url, disabled: true })).status);
    expect(statuses).toEqual([...Array(20).fill(201), 409]);
  });

  it('[section 16] accept no private address without PRIVATE_TARGETS, in PATCH either', async () => {
    const careful = await startServer();
    onTestFinished(() => careful.close());
    const { id } = await careful.makeStore();
    const refused = [
      receiver.url,
      'http://0x7f.1/',
      'http://[::ffff:10.0.0.1]/',
      'http://localhost/',
      'http://169.254.169.254/',
    ];
    const webhook = (
      await careful.api('POST', `/stores/${id}/webhooks`, {
        body: { url: 'https://shop.invalid/hook', disabled: true },
      })
    ).json;
    for (const url of refused)
      for (const answer of [
        await careful.api('POST', `/stores/${id}/webhooks`, { body: { url } }),
        await careful.api('PATCH', `/webhooks/${webhook.id}`, { body: { url } }),
      ])
        expect([answer.status, answer.json.error.details], url).toEqual([
          400,
          [{ path: 'url', message: 'must not be an address of a private network or of this machine' }],
        ]);
  });
});

describe('[section 11] a webhook’s calls', () => {
  it('are signed, and are listed with what became of them', async () => {
    const webhook = await made();
    const order = await place();
    await calls(1);
    const [call] = receiver.calls;
    expect(call && isSigned(call, webhook.secret)).toBe(true);
    expect(call?.headers['content-type']).toBe('application/json');
    const path = `/webhooks/${webhook.id}/deliveries`;
    const deliveries = await until(
      'it is stored',
      async () => {
        const { json } = await server.api('GET', path);
        return json.deliveries.length === 1 && json.deliveries;
      },
      5_000,
    );
    expect(Delivery.strict().parse(deliveries[0])).toEqual(deliveries[0]);
    expect(deliveries[0]).toMatchObject({
      id: call?.id,
      seq: order.seq,
      type: 'order_created',
      state: 'delivered',
      tries: [{ status: 200 }],
      nextTryAt: null,
    });
    const { text } = await server.api('GET', '/metrics');
    expect(text).toMatch(/ticketrail_webhook_tries_total\{outcome="delivered"\} [1-9]/);
    expect(text).toMatch(/ticketrail_webhooks\{state="working"\} [1-9]/);
  });

  it('[section 16] are signed by the former secret too for a day, once it is rotated', async () => {
    const { id, secret } = await made();
    const { status, json } = await server.api('POST', `/webhooks/${id}/rotate`);
    expect([status, Object.keys(json)]).toEqual([200, ['secret']]);
    expect(json.secret).not.toBe(secret);
    await place();
    await calls(1);
    const [call] = receiver.calls;
    expect(call?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const one of [secret, json.secret]) expect(call && isSigned(call, one)).toBe(true);
  });

  it('are signed by the secret that the receiver knows, also if the answers to several rotations were lost', async () => {
    const { id, secret } = await made();
    for (let i = 0; i < 3; i++) await server.api('POST', `/webhooks/${id}/rotate`);
    const { json } = await server.api('POST', `/webhooks/${id}/rotate`);
    await place();
    await calls(1);
    const [call] = receiver.calls;
    for (const one of [secret, json.secret]) expect(call && isSigned(call, one)).toBe(true);
  });

  it('of the type test are sent at once, also by a webhook that is switched off', async () => {
    const { id, secret } = await made({ disabled: true });
    await place();
    const { status, json } = await server.api('POST', `/webhooks/${id}/test`);
    expect(status).toBe(200);
    expect(Delivery.strict().parse(json)).toEqual(json);
    expect(receiver.calls).toHaveLength(1);
    const [call] = receiver.calls;
    expect(call && isSigned(call, secret)).toBe(true);
    expect(call?.message).toEqual({ type: 'test', data: { webhookId: id } });
    expect(json).toMatchObject({ id: call?.id, seq: null, type: 'test', state: 'delivered', tries: [{ status: 200 }] });
    receiver.answer = () => 500;
    const failed = await server.api('POST', `/webhooks/${id}/test`);
    expect(failed.json).toMatchObject({ state: 'undeliverable', tries: [{ status: 500 }] });
    expect(receiver.calls[1]?.id).not.toBe(call?.id);
    const { deliveries } = (await server.api('GET', `/webhooks/${id}/deliveries`)).json;
    expect(deliveries).toEqual([failed.json, json]);
  });

  it('that wait for their next try are sent after a successful test', async () => {
    const { id } = await made();
    receiver.answer = () => 500;
    await place();
    await calls(1);
    receiver.answer = () => 200;
    await server.api('POST', `/webhooks/${id}/test`);
    await calls(3);
    expect(receiver.calls.map(({ message }) => message.type)).toEqual(['order_created', 'test', 'order_created']);
  });
});
