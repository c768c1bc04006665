import { createService } from '#server/create-service.ts';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';

/** A store with a display and a shop that orders. */
export interface EveningStore {
  id: string;
  /** Tokens. */
  display: string;
  shop: string;
}

/** Stores made at once: as many as share a commit. */
const AT_ONCE = 64;

/** Makes stores in a database before its nodes start, which is faster than over HTTP. */
export async function makeStores(databaseUrl: string, count: number): Promise<EveningStore[]> {
  const log = { info() {}, warn() {}, error() {} };
  const service = await createService({ databaseUrl, adminToken: ADMIN_TOKEN, log });
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
