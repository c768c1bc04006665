import assert from 'node:assert/strict';
import { eventually } from '../support/expect.ts';
import { type DisplayCheck, placed } from './check.ts';
import type { FakeServer } from './fake-server.ts';

async function helloAgain({ received }: FakeServer, provoke: () => void): Promise<void> {
  const { length } = received.hellos;
  provoke();
  await eventually('another hello', () => received.hellos.length > length);
}

/** From server to display: rules S2 to S4 and S6, and `got` of section 6. */
export const DOWN: Record<string, DisplayCheck> = {
  '[section 6] the first hello says that nothing is known; the snapshot is fetched, and hello said again from it':
    async (trial) => {
      const { received, position } = trial.server;
      const { answered = null, ...first } = received.hellos[0] ?? {};
      assert.deepEqual([answered, first], [null, { epoch: null, cursor: 0, hash: null }]);
      await placed(trial);
      assert.ok(received.snapshots > 0, 'no snapshot was fetched');
      assert.equal(received.hellos.at(-1)?.epoch, position().epoch);
    },
  '[S3] a batch from its cursor is applied, and acknowledged with got': async (trial) => {
    await placed(trial);
    await eventually('got', () => trial.server.received.gots.includes(trial.server.position().cursor));
  },
  '[S3] a batch that it has already is ignored: no hello, nothing shown twice': async (trial) => {
    const { server, host } = trial;
    const order = await placed(trial);
    const { length } = server.received.hellos;
    server.send(server.batch({ ...server.position(), cursor: 0, hash: null }));
    await placed(trial);
    assert.equal(server.received.hellos.length, length);
    assert.equal(await host.tickets(order.id).count(), 1);
  },
  '[S3] a batch that begins beyond its cursor makes it say hello again, from its cursor': async ({ server, host }) => {
    const stood = server.position();
    const { length } = server.received.hellos;
    const missed = server.place({ send: false });
    server.place({ send: false });
    const { from, changes, ...rest } = server.batch(stood);
    await helloAgain(server, () => server.send({ ...rest, from: from + 1, changes: changes.slice(1) }));
    assert.equal(server.received.hellos[length]?.cursor, stood.cursor);
    await host.shows(missed.id, 'pending');
  },
  '[S3] a batch of another epoch makes it say hello again': async ({ server }) => {
    await helloAgain(server, () => server.send({ ...server.batch(server.position()), epoch: 'another' }));
  },
  '[S3] two beats with a head beyond its cursor, and no batch between: hello again': async ({ server, host }) => {
    server.ways.beats = false;
    const missed = server.place({ send: false });
    server.beat();
    server.beat();
    await host.shows(missed.id, 'pending');
  },
  '[S2] [S4] a server with another history: what it has replaces what was shown': async (trial) => {
    const { server, host } = trial;
    const kept = server.place();
    const backup = server.backup();
    const lost = await placed(trial);
    server.restore(backup);
    server.hangUp();
    await eventually('the lost order leaves', async () => (await host.ticket(lost.id)) === null, 40_000);
    await host.shows(kept.id, 'pending');
    await host.showsLink('live');
  },
  '[S6] another digest at the same cursor: a snapshot is fetched': async (trial) => {
    await placed(trial);
    const { received, beat } = trial.server;
    const { snapshots } = received;
    beat({ digest: '0123456789abcdef' });
    await eventually('another snapshot', () => received.snapshots > snapshots);
  },
};
