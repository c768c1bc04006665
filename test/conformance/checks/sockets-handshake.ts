import assert from 'node:assert/strict';
import { group, Skip } from '../support/check.ts';
import { client } from '../support/client.ts';
import { connect, FIRST_TIME, refusal } from '../support/display-link.ts';
import { limitedServer } from '../support/limited-server.ts';
import { rawSocket } from '../support/raw-socket.ts';
import { addDevice, openShop } from '../support/shop.ts';
import { eventually, SLACK_MS, sleep } from '../support/waiting.ts';

const HEARTBEAT_MS = 5_000;
const DEAD_WITHIN_MS = 12_000;
const REFUSALS = ['unauthorized', 'protocol_unsupported', 'rate_limited'];

/** Coming in at `/socket.io` (contract, section 6). */
export const socketsHandshake = group('socket handshake', {
  '[6] a display comes in with its token and protocol 1': async (trial) => {
    const shop = await openShop(trial);
    assert.ok((await connect(trial, shop.display.token)).connected());
  },

  '[6] a wrong token, and none, are refused as unauthorized': async (trial) => {
    for (const token of ['nobody-has-this-token-0123456789', '', null])
      assert.equal(await refusal(trial, token), 'unauthorized');
    for (const auth of [{}, { token: 7, protocol: 1 }, { token: { $ne: null }, protocol: 1 }])
      assert.ok(REFUSALS.includes(String(await refusal(trial, null, { auth }))), JSON.stringify(auth));
  },

  '[6] another protocol is refused as protocol_unsupported': async (trial) => {
    const { token } = (await openShop(trial)).display;
    for (const protocol of [0, 2, 999]) {
      const auth = { token, protocol, appVersion: 'conformance' };
      assert.equal(await refusal(trial, token, { auth }), 'protocol_unsupported');
    }
  },

  '[6] a revoked token is refused as unauthorized': async (trial) => {
    const shop = await openShop(trial);
    const device = await addDevice(shop, 'display');
    await shop.admin.delete(`/devices/${device.deviceId}`);
    assert.equal(await refusal(trial, device.token), 'unauthorized');
  },

  '[6] a namespace that is not there is refused': async (trial) => {
    const { token } = (await openShop(trial)).display;
    assert.notEqual(await refusal(trial, token, { namespace: '/nope' }), 'connected');
  },

  "[6] /store refuses a browser's Origin that is not in CORS_ORIGINS": async (trial) => {
    const { token } = (await openShop(trial)).display;
    for (const origin of ['https://evil.example', 'null', trial.url])
      assert.notEqual(await refusal(trial, token, { origin }), 'connected', origin);
  },

  '[6] /store lets in an Origin that is in CORS_ORIGINS': async (trial) => {
    if (!trial.corsOrigin) throw new Skip('needs --cors-origin');
    const { token } = (await openShop(trial)).display;
    assert.ok((await connect(trial, token, { origin: trial.corsOrigin })).connected());
  },

  '[6] websocket only: long polling is refused': async (trial) => {
    const answer = await client(trial, null).get('//socket.io/?EIO=4&transport=polling');
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text.slice(0, 100)}`);
  },

  '[6] the engine beats every 5 s and waits 5 s; a client that does not answer is gone within 12 s': async (trial) => {
    const { token } = (await openShop(trial)).display;
    const socket = await rawSocket(trial, { pong: false });
    assert.equal(socket.open.pingInterval, HEARTBEAT_MS);
    assert.equal(socket.open.pingTimeout, HEARTBEAT_MS);
    socket.send(`40/store,${JSON.stringify({ token, protocol: 1, appVersion: 'conformance' })}`);
    const started = performance.now();
    await eventually('the server hangs up', () => socket.closed(), DEAD_WITHIN_MS + SLACK_MS);
    assert.ok(performance.now() - started > HEARTBEAT_MS, 'it did not wait for an answer');
  },

  '[6] a client that answers the engine stays, whatever else it does not say': async (trial) => {
    const { token } = (await openShop(trial)).display;
    const socket = await rawSocket(trial, { pong: true });
    socket.send(`40/store,${JSON.stringify({ token, protocol: 1, appVersion: 'conformance' })}`);
    await sleep(DEAD_WITHIN_MS);
    assert.ok(!socket.closed());
  },

  '[6] garbage on the wire ends that connection at most, and nobody else’s': async (trial) => {
    const shop = await openShop(trial);
    const neighbour = await connect(trial, shop.display.token);
    for (const text of [
      'zzz',
      '4',
      '42',
      '42/store,["hello"',
      `42/store,${'['.repeat(10_000)}`,
      '451-/store,["x",{"_placeholder":true,"num":0}]',
    ]) {
      const socket = await rawSocket(trial, { pong: true });
      socket.send(text);
      await sleep(20);
    }
    assert.equal((await neighbour.hello(FIRST_TIME)).mode, 'snapshot');
  },

  '[6] too many handshakes are refused in the contract’s words': async (trial) => {
    const limited = { ...trial, ...(await limitedServer(trial)) };
    for (let i = 0; i < 80; i++) {
      const code = String(await refusal(limited, `nobody-has-this-token-${i % 2}`));
      assert.ok(REFUSALS.includes(code), `refused with ${code}`);
    }
  },
});
