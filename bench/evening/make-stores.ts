import { openService } from '../open-service.ts';

/** A store with a display and a shop that orders. */
export interface EveningStore {
  id: string;
  /** Tokens. */
  display: string;
  shop: string;
}

/** Stores made at once: as many as share a commit. */
const AT_ONCE = 32;

/** Makes stores in a database before its nodes start. */
export async function makeStores(databaseUrl: string, count: number): Promise<EveningStore[]> {
  const service = await openService(databaseUrl);
  const stores: EveningStore[] = [];
  async function makeOne(number: number): Promise<void> {
    const name = `Store ${number}`;
    const { id } = await service.stores.create({
      id: `store-${number}`,
      name,
      currency: 'GEL',
      timeZone: 'Asia/Tbilisi',
      settings: undefined,
    });
    const device = async (role: 'display' | 'integration') =>
      (await service.access.createDevice(id, { name: role, role })).token;
    const [display, shop] = await Promise.all([device('display'), device('integration')]);
    stores[number] = { id, display, shop };
  }
  let next = 0;
  const worker = async () => {
    while (next < count) await makeOne(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await service.close();
  return stores;
}
