import assert from 'node:assert/strict';
import { eventually, SLACK_MS } from '../support/expect.ts';
import type { DisplayCheck } from './check.ts';

const LIVE_WITHIN_MS = 12_000;

/** The link and how the screen shows it: rules L1 and L2. */
export const LINK: Record<string, DisplayCheck> = {
  '[L1] a socket that falls silent is not called live for longer than 12 s': async ({ server, host }) => {
    server.ways.sockets = 'silent';
    const since = performance.now();
    await eventually('not live', async () => (await host.link()) !== 'live', LIVE_WITHIN_MS + 10_000);
    const ms = performance.now() - since;
    assert.ok(ms <= LIVE_WITHIN_MS + SLACK_MS, `live for ${Math.round(ms)} ms`);
  },
  '[L1] a head beyond its cursor is not live': async ({ server, host }) => {
    server.beat({ head: server.position().cursor + 1 });
    await host.showsLink('catching_up');
  },
  '[L2] without a socket it polls: orders come, taps go, and it says so': async ({ server, host }) => {
    server.ways.sockets = 'refuse';
    server.hangUp();
    await host.showsLink('polling');
    const order = server.place();
    await host.page.getByTestId('refresh').first().click();
    await host.shows(order.id, 'pending');
    await host.tap(order.id);
    await host.shows(order.id, 'preparing');
    assert.ok(server.received.polls.length > 0);
    const [command] = server.received.batches.flat();
    assert.equal(server.answered(command?.commandId)?.outcome, 'applied');
  },
  '[L1] refused for good: it says stopped': async ({ server, host }) => {
    server.ways.refusal = 'protocol_unsupported';
    server.hangUp();
    await host.showsLink('stopped');
  },
};
