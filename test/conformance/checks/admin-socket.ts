import assert from 'node:assert/strict';
import { z } from 'zod';
import { group } from '../support/check.ts';
import { connect, liveDisplay, refusal } from '../support/display-link.ts';
import { shaped } from '../support/expect.ts';
import { Change } from '../support/shapes.ts';
import { openShop, place } from '../support/shop.ts';
import { eventually, sleep } from '../support/waiting.ts';

const namespace = '/admin';
const StoreChanges = z.object({ storeId: z.string(), changes: z.array(Change) });

/** `/admin` (contract, section 6). */
export const adminSocket = group(
  'admin socket',
  {
    '[6] /admin is for the admin alone': async (trial) => {
      const shop = await openShop(trial);
      for (const token of ['nobody-has-this-token-0123456789', shop.integration.token ?? '', shop.display.token ?? ''])
        assert.equal(await refusal(trial, token, { namespace, auth: { token } }), 'unauthorized');
    },

    '[6] a subscriber hears the changes of the stores it named, and of no others': async (trial) => {
      const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
      const link = await connect(trial, trial.adminToken, { namespace, auth: { token: trial.adminToken }, got: false });
      await link.ask('subscribe', { storeIds: [shop.id] });
      await place(other);
      const { id } = await place(shop);
      const heard = () => link.of('changes').map(({ payload }) => shaped('changes', payload, StoreChanges));
      await eventually('the change', () =>
        heard().some(({ changes }) => changes.some(({ orderId }) => orderId === id)),
      );
      await sleep(200);
      assert.deepEqual([...new Set(heard().map(({ storeId }) => storeId))], [shop.id]);
    },

    '[6] a subscriber hears figures and presence': async (trial) => {
      const shop = await openShop(trial);
      const link = await connect(trial, trial.adminToken, { namespace, auth: { token: trial.adminToken }, got: false });
      await link.ask('subscribe', { storeIds: [shop.id] });
      await liveDisplay(trial, shop);
      await place(shop);
      await eventually('stats', () => link.of('stats').length > 0);
      await eventually('presence', () => link.of('presence').some(({ raw }) => raw.includes(shop.displayId)));
    },
  },
  { part: 'admin-socket' },
);
