import { createService } from '../create-service.ts';
import { every } from '../time/every.ts';
import { ADMIN, draft, makeShop } from './shop.ts';

/**
 * A server that takes orders and delivers them to a webhook, in a separate process, to be killed at any moment: `node
 * deliver-until-killed.ts FILE SHOP URL`. A new SHOP gets the webhook first. Prints a line for each acknowledged order: its `seq`.
 */
const [, , file = '', shopId = '', url = ''] = process.argv;
const fail = (_: object, message: string) => void process.stderr.write(`${message}\n`);
const service = await createService({
  databaseUrl: `file:${file}`,
  adminToken: null,
  privateTargets: true,
  log: { info: () => {}, warn: fail, error: fail },
});
if (!(await service.stores.list()).some(({ id }) => id === shopId)) {
  await makeShop(service, shopId);
  await service.webhooks.create(shopId, { url, events: undefined, disabled: undefined });
}
service.deliverWebhooks();
every(100, service.lookAtWebhooks, (error) => fail({}, String(error)));
await service.lookAtWebhooks();

for (;;) {
  const { order } = await service.orders.create(ADMIN, shopId, draft());
  process.stdout.write(`${order.seq}\n`);
}
