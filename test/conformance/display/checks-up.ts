import assert from 'node:assert/strict';
import { eventually } from '../support/waiting.ts';
import type { DisplayCheck, Trial } from './check.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Live, with an order on the screen. */
async function ready({ server, shows, says }: Trial) {
  await says('live');
  const order = server.place();
  await shows(order.id, 'pending');
  return order;
}
const sent = ({ server }: Trial) => server.heard.batches.flat();

/** The way up: rules S5 and C1 to C5. */
export const UP: Record<string, DisplayCheck> = {
  '[C1] [C6] a tap is one command, as section 6 writes it, that names the one before it': async (trial) => {
    const order = await ready(trial);
    await trial.host.tap(order.id);
    await trial.shows(order.id, 'preparing');
    const [command, ...others] = sent(trial);
    assert.deepEqual(others, []);
    assert.ok(command);
    assert.match(command.commandId, UUID);
    assert.ok(Math.abs(Date.parse(command.issuedAt) - Date.now()) < 60_000, `issuedAt is ${command.issuedAt}`);
    const { after, orderId, type, payload, baseVersion } = command;
    const wanted = { type: 'set_status', payload: { from: 'pending', to: 'preparing' } };
    assert.deepEqual(
      { after, orderId, type, payload, baseVersion },
      { after: null, orderId: order.id, baseVersion: 1, ...wanted },
    );
    await trial.host.tap(order.id);
    await trial.shows(order.id, 'ready');
    assert.equal(sent(trial).at(-1)?.after, command.commandId);
  },
  '[S5] it shows at once, marked as waiting, and counts until it is answered': async (trial) => {
    const order = await ready(trial);
    trial.server.ways.commands = 'hold';
    await trial.host.tap(order.id);
    await trial.shows(order.id, 'preparing', true);
    await eventually('one waits', async () => (await trial.host.queueCount()) === 1);
  },
  '[C2] [C3] an answer that is lost: the same commandId again, and one effect': async (trial) => {
    const order = await ready(trial);
    trial.server.ways.commands = 'lose';
    await trial.host.tap(order.id);
    await eventually('the command', () => sent(trial).length > 0);
    trial.server.ways.commands = 'serve';
    await trial.shows(order.id, 'preparing');
    await eventually('nothing waits', async () => (await trial.host.queueCount()) === 0, 40_000);
    assert.equal(new Set(sent(trial).map(({ commandId }) => commandId)).size, 1);
    assert.equal(trial.server.order(order.id)?.version, 2);
  },
  '[C1] killed after a tap that had no way to go: it goes up after the next start': async (trial) => {
    const order = await ready(trial);
    trial.server.ways.sockets = 'refuse';
    trial.server.ways.commands = 'refuse';
    trial.server.hangUp();
    await trial.host.tap(order.id);
    await trial.shows(order.id, 'preparing', true);
    await trial.host.kill();
    trial.server.heard.batches = [];
    Object.assign(trial.server.ways, { sockets: 'serve', commands: 'serve' });
    await trial.host.start();
    await trial.shows(order.id, 'preparing');
    assert.equal(new Set(sent(trial).map(({ commandId }) => commandId)).size, 1);
  },
  '[C3] hello names the last answered command, and what a restored server has forgotten is sent again': async (
    trial,
  ) => {
    const order = await ready(trial);
    const backup = trial.server.backup();
    await trial.host.tap(order.id);
    await trial.shows(order.id, 'preparing');
    const id = sent(trial)[0]?.commandId ?? '';
    trial.server.restore(backup);
    trial.server.heard.batches = [];
    trial.server.hangUp();
    await eventually('the command again', () => sent(trial).some(({ commandId }) => commandId === id), 40_000);
    await trial.shows(order.id, 'preparing');
    assert.equal(trial.server.answered(id)?.outcome, 'applied');
    assert.ok(trial.server.heard.hellos.some(({ answered }) => answered === id));
  },
  '[C4] a refusal leaves the queue, and the order is shown as it is': async (trial) => {
    const order = await ready(trial);
    trial.server.ways.beats = false;
    trial.server.cancel(order.id);
    await trial.host.tap(order.id);
    await trial.shows(order.id, 'cancelled');
    await eventually('nothing waits', async () => (await trial.host.queueCount()) === 0);
  },
  '[C3] one batch in flight: a second tap waits for the answer to the first': async (trial) => {
    const [first, second] = [await ready(trial), trial.server.place()];
    await trial.shows(second.id, 'pending');
    trial.server.ways.commands = 'hold';
    await trial.host.tap(first.id);
    await trial.shows(first.id, 'preparing', true);
    await trial.host.tap(second.id);
    await trial.shows(second.id, 'preparing', true);
    assert.deepEqual(
      sent(trial).map(({ orderId }) => orderId),
      [first.id],
    );
  },
};
