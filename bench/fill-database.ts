import { OrderDraft } from '#contract/order.ts';
import { openService } from './open-service.ts';
import { someOrder } from './support.ts';

/** Orders that share a transaction. */
const AT_ONCE = 200;

/**
 * Makes a store in a database before its server starts.
 *
 * @param options so many `orders`, of which `open` are pending and the others completed
 * @returns the tokens of its displays
 */
export async function fillDatabase(
  file: string,
  { orders, open, displays }: { orders: number; open: number; displays: number },
): Promise<string[]> {
  const service = await openService(`file:${file}`);
  const { id } = await service.stores.create({
    id: 'large',
    name: 'Large',
    currency: 'GEL',
    timeZone: 'Asia/Tbilisi',
    settings: undefined,
  });
  const device = (role: 'display' | 'integration') => service.access.createDevice(id, { name: role, role });
  const shop = { role: 'integration', id: (await device('integration')).deviceId, name: 'shop', storeId: id } as const;
  for (let i = 0; i < orders; i += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, orders - i) }, (_, k) => {
        const status = i + k < open ? 'pending' : 'completed';
        return service.orders.create(shop, id, OrderDraft.parse({ ...someOrder(i + k), status }));
      }),
    );
  const tokens: string[] = [];
  for (let i = 0; i < displays; i++) tokens.push((await device('display')).token);
  await service.close();
  return tokens;
}
