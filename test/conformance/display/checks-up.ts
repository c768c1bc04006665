import assert from 'node:assert/strict';
import { eventually } from '../support/expect.ts';
import { type DisplayCheck, placed, type Trial } from './check.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const sent = ({ server }: Trial) => server.received.batches.flat();
const idsSent = (trial: Trial) => new Set(sent(trial).map(({ commandId }) => commandId));

/** Taps on a pending order. `waits`: the tap stays in the queue. */
async function bump({ host }: Trial, orderId: string, waits = false): Promise<void> {
  await host.tap(orderId);
  await host.shows(orderId, 'preparing', waits);
}

/** From display to server: rules S5 and C1 to C5. */
export const UP: Record<string, DisplayCheck> = {
  '[C1] [C6] a tap is one command, as section 6 writes it, that names the one before it': async (trial) => {
    const { id } = await placed(trial);
    await bump(trial, id);
    const [command, ...others] = sent(trial);
    assert.ok(command);
    assert.deepEqual(others, []);
    assert.match(command.commandId, UUID);
    assert.ok(Math.abs(Date.parse(command.issuedAt) - Date.now()) < 60_000, `issuedAt is ${command.issuedAt}`);
    const { after, orderId, type, payload, baseVersion } = command;
    assert.deepEqual([after, orderId, baseVersion], [null, id, 1]);
    assert.deepEqual([type, payload], ['set_status', { from: 'pending', to: 'preparing' }]);
    await trial.host.tap(id);
    await trial.host.shows(id, 'ready');
    assert.equal(sent(trial).at(-1)?.after, command.commandId);
  },
  '[S5] a tap shows at once, marked as waiting, and counts until it is answered': async (trial) => {
    const { id } = await placed(trial);
    trial.server.ways.commands = 'hold';
    await bump(trial, id, true);
    await trial.host.waits(1);
  },
  '[C2] [C3] an answer that is lost: the same commandId again, and one effect': async (trial) => {
    const { id } = await placed(trial);
    trial.server.ways.commands = 'lose';
    await trial.host.tap(id);
    await eventually('the command', () => sent(trial).length > 0);
    trial.server.ways.commands = 'serve';
    await trial.host.shows(id, 'preparing');
    await trial.host.waits(0);
    assert.deepEqual([idsSent(trial).size, trial.server.order(id)?.version], [1, 2]);
  },
  '[C1] killed after a tap that could not be sent: it is sent after the next start': async (trial) => {
    const { server, host } = trial;
    const { id } = await placed(trial);
    Object.assign(server.ways, { sockets: 'refuse', commands: 'refuse' });
    server.hangUp();
    await bump(trial, id, true);
    await host.kill();
    server.received.batches = [];
    Object.assign(server.ways, { sockets: 'serve', commands: 'serve' });
    await host.start();
    await host.shows(id, 'preparing');
    assert.equal(idsSent(trial).size, 1);
  },
  '[C3] hello names the last answered command; what a restored server lost is sent again': async (trial) => {
    const { server, host } = trial;
    const order = await placed(trial);
    const backup = server.backup();
    await bump(trial, order.id);
    const id = sent(trial)[0]?.commandId ?? '';
    server.restore(backup);
    server.received.batches = [];
    // It asks by whichever way is there first.
    server.ways.polls = 'refuse';
    server.hangUp();
    await eventually('the command again', () => idsSent(trial).has(id), 40_000);
    await host.shows(order.id, 'preparing');
    assert.equal(server.answered(id)?.outcome, 'applied');
    assert.ok(server.received.hellos.some(({ answered }) => answered === id));
  },
  '[C4] a refusal leaves the queue, and the order is shown as it is': async (trial) => {
    const { id } = await placed(trial);
    trial.server.ways.beats = false;
    trial.server.cancel(id);
    await trial.host.tap(id);
    await trial.host.shows(id, 'cancelled');
    await trial.host.waits(0);
  },
  '[C3] one batch in flight: a second tap waits for the answer to the first': async (trial) => {
    const [first, second] = [await placed(trial), await placed(trial)];
    trial.server.ways.commands = 'hold';
    for (const { id } of [first, second]) await bump(trial, id, true);
    const orders = sent(trial).map(({ orderId }) => orderId);
    assert.deepEqual(orders, [first.id]);
  },
};
