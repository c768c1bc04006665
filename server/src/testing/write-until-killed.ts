import { createService } from '../create-service.ts';
import { command, makeShop } from './shop.ts';

/**
 * A server's data side under load in a separate process, to be killed at any moment: `node write-until-killed.ts FILE
 * SHOP`. Prints a line for each acknowledged write: `order ID SEQ`, `command ID SEQ`, or `sold-out NUMBER`.
 */
const [, , file = '', shopId = ''] = process.argv;
const fail = (_: object, message: string) => void process.stderr.write(`${message}\n`);
const service = await createService({
  databaseUrl: `file:${file}`,
  adminToken: null,
  log: { info: () => {}, warn: fail, error: fail },
});
const shop = await makeShop(service, shopId);
await service.stores.patch(shopId, { settings: { autoAccept: '*' } });
process.stdout.write(`display ${shop.display.id}\n`);

async function placeForEver(): Promise<never> {
  for (;;) {
    const { id, seq } = await shop.place();
    process.stdout.write(`order ${id} ${seq}\n`);
  }
}

async function commandForEver(): Promise<never> {
  const order = await shop.place();
  let last: { commandId: string } | undefined;
  for (let minute = 1; ; minute++) {
    const dueAt = new Date(minute * 60_000).toISOString();
    const intent = command(order, 'set_due', { dueAt }, Date.now(), last?.commandId ?? null);
    last = intent;
    const { results } = await service.submitCommands(shop.display, [intent]);
    process.stdout.write(`command ${intent.commandId} ${results[0]?.seq}\n`);
  }
}

async function sellOutForEver(): Promise<never> {
  for (let dish = 1; ; dish++) {
    await service.availability.patch(shopId, { unavailable: [{ name: String(dish), until: null }] });
    process.stdout.write(`sold-out ${dish}\n`);
  }
}

await Promise.all([sellOutForEver(), placeForEver(), placeForEver(), placeForEver(), commandForEver()]);
