import { setTimeout as pause } from 'node:timers/promises';
import { PrinterDraft } from '#contract/printer.ts';
import { createService } from '../create-service.ts';
import { ADMIN, draft, makeShop } from './shop.ts';

/**
 * A server that takes an accepted order every tenth of a second and prints it, in a separate process, to be killed at any
 * moment: `node print-until-killed.ts FILE PRINTER`.
 */
const [, , file = '', address = ''] = process.argv;
const fail = (_: object, message: string) => void process.stderr.write(`${message}\n`);
const service = await createService({
  databaseUrl: `file:${file}`,
  adminToken: null,
  log: { info: () => {}, warn: () => {}, error: fail },
});
if ((await service.stores.list()).length === 0) {
  await makeShop(service, 'main');
  await service.printers.create(
    'main',
    PrinterDraft.parse({ name: 'Pass', address, encoding: 'text', on: ['accepted'] }),
  );
}
await service.startPrinters();
for (;;) {
  await service.orders.create(ADMIN, 'main', draft({ status: 'preparing' }));
  await service.lookAtPrinters();
  await pause(100);
}
