import { setTimeout as pause } from 'node:timers/promises';
import { createService } from '../create-service.ts';
import { ADMIN, draft, makeShop } from './shop.ts';

/**
 * A server that takes an order every half second and tells chats of Telegram, in a separate process, to be killed at any
 * moment: `node tell-until-killed.ts FILE API_ROOT CHATS`. A new shop prints a code for each chat and waits for them.
 */
const [, , file = '', apiRoot = '', chats = '1'] = process.argv;
const fail = (_: object, message: string) => void process.stderr.write(`${message}\n`);
const service = await createService({
  databaseUrl: `file:${file}`,
  adminToken: null,
  telegram: { token: '1:x', apiRoot },
  log: { info: () => {}, warn: () => {}, error: fail },
});
await service.runTelegram();
if ((await service.stores.list()).length === 0) {
  await makeShop(service, 'main');
  for (let i = 0; i < Number(chats); i++)
    process.stdout.write(`${(await service.telegram.createCode('main', 'always')).code}\n`);
  while ((await service.telegram.list('main')).length < Number(chats)) await pause(20);
}
for (;;) {
  await service.orders.create(ADMIN, 'main', draft());
  await pause(500);
}
