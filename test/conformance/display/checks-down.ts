import assert from 'node:assert/strict';
import { eventually } from '../support/waiting.ts';
import type { DisplayCheck } from './check.ts';

/** The way down: rules S2 to S4 and S6, and `got` of section 6. */
export const DOWN: Record<string, DisplayCheck> = {
  '[section 6] the first hello says that nothing is known; the snapshot is fetched, and hello said again from it':
    async ({ server, shows, says }) => {
      await says('live');
      const { answered = null, ...position } = server.heard.hellos[0] ?? {};
      assert.deepEqual([answered, position], [null, { epoch: null, cursor: 0, hash: null }]);
      const order = server.place();
      await shows(order.id, 'pending');
      assert.ok(server.heard.snapshots > 0, 'no snapshot was fetched');
      assert.equal(server.heard.hellos.at(-1)?.epoch, server.position().epoch);
    },
  '[S3] a batch from where it stands is applied, and what is on its disk is said': async ({ server, shows, says }) => {
    await says('live');
    const order = server.place();
    await shows(order.id, 'pending');
    await eventually('got', () => server.heard.gots.includes(server.position().cursor));
  },
  '[S3] a batch that it has already is ignored: no hello, nothing shown twice': async ({
    server,
    host,
    shows,
    says,
  }) => {
    await says('live');
    const order = server.place();
    await shows(order.id, 'pending');
    const { length } = server.heard.hellos;
    server.send(server.batch({ ...server.position(), cursor: 0, hash: null }));
    await shows(server.place().id, 'pending');
    assert.equal(server.heard.hellos.length, length);
    assert.equal(await host.page.locator(`[data-testid=ticket][data-order-id="${order.id}"]`).count(), 1);
  },
  '[S3] a batch that begins beyond where it stands makes it say hello again, from where it stood': async ({
    server,
    shows,
    says,
  }) => {
    await says('live');
    const stood = server.position();
    const { length } = server.heard.hellos;
    const missed = server.place({ tell: false });
    server.place({ tell: false });
    const { from, changes, ...rest } = server.batch(stood);
    server.send({ ...rest, from: from + 1, changes: changes.slice(1) });
    await eventually('another hello', () => server.heard.hellos.length > length);
    assert.equal(server.heard.hellos[length]?.cursor, stood.cursor);
    await shows(missed.id, 'pending');
  },
  '[S3] a batch of another epoch makes it say hello again': async ({ server, says }) => {
    await says('live');
    const { length } = server.heard.hellos;
    server.send({ ...server.batch(server.position()), epoch: 'another' });
    await eventually('another hello', () => server.heard.hellos.length > length);
  },
  '[S3] two beats beyond where it stands, and no batch between: hello again': async ({ server, shows, says }) => {
    await says('live');
    server.ways.beats = false;
    const missed = server.place({ tell: false });
    server.beat();
    server.beat();
    await shows(missed.id, 'pending');
  },
  '[S2] [S4] a server with another history: what it has replaces what was shown': async ({
    server,
    host,
    shows,
    says,
  }) => {
    await says('live');
    const kept = server.place();
    const backup = server.backup();
    const lost = server.place();
    await shows(lost.id, 'pending');
    server.restore(backup);
    server.hangUp();
    await eventually('the lost order leaves', async () => (await host.ticket(lost.id)) === null, 40_000);
    await shows(kept.id, 'pending');
    await says('live', 40_000);
  },
  '[S6] another digest at the same place: a snapshot is fetched': async ({ server, shows, says }) => {
    await says('live');
    await shows(server.place().id, 'pending');
    const { snapshots } = server.heard;
    server.beat({ digest: '0123456789abcdef' });
    await eventually('another snapshot', () => server.heard.snapshots > snapshots);
  },
};
