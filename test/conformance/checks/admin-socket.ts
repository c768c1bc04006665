import assert from 'node:assert/strict';
import { z } from 'zod';
import { sleep } from '#test/support/sleep.ts';
import { group } from '../support/check.ts';
import { eventually, shaped } from '../support/expect.ts';
import { Change } from '../support/shapes.ts';
import { openShop, type Shop } from '../support/shop.ts';

const StoreChanges = z.object({ storeId: z.string(), changes: z.array(Change) });
const asAdmin = (token: string) => ({ namespace: '/admin', auth: { token }, got: false });

async function subscribed(shop: Shop) {
  const link = await shop.connect(asAdmin(shop.adminToken));
  await link.ask('subscribe', { storeIds: [shop.id] });
  return link;
}

const checks = {
  '[6] /admin is for the admin alone': async (shop: Shop) => {
    for (const token of ['nobody-has-this-token-0123456789', shop.integration.token, shop.display.token])
      assert.equal(await shop.refusal(asAdmin(token)), 'unauthorized');
  },
  '[6] a subscriber hears the changes of the stores it named, and of no others': async (shop: Shop) => {
    const link = await subscribed(shop);
    await (await openShop(shop)).place();
    const { id } = await shop.place();
    const heard = () => link.of('changes').map(({ payload }) => shaped('changes', payload, StoreChanges));
    await eventually('the change', () => heard().some(({ changes }) => changes.some(({ orderId }) => orderId === id)));
    await sleep(200);
    for (const { storeId } of heard()) assert.equal(storeId, shop.id);
  },
  '[6] a subscriber hears stats and presence': async (shop: Shop) => {
    const link = await subscribed(shop);
    await shop.live();
    await shop.place();
    await eventually('stats', () => link.of('stats').length > 0);
    await eventually('presence', () => link.of('presence').some(({ raw }) => raw.includes(shop.display.deviceId)));
  },
};

/** `/admin` (contract, section 6). */
export const adminSocket = group('admin socket', checks, { part: 'admin-socket' });
