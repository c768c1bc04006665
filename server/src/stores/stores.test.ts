import { describe, expect, it } from 'vitest';
import type { StoreSettings } from '#contract/store.ts';
import { DATABASES } from '../testing/databases.ts';
import { makeShop, refusalOf } from '../testing/shop.ts';

const DEFAULTS = {
  displayWindowDays: 8,
  acknowledgeWithinSeconds: 60,
  autoAccept: [],
  preparationMinutes: null,
  stations: [],
  language: 'en',
};

describe.each(DATABASES)('stores on $database', ({ start }) => {
  const draft = { id: 'main', name: 'Rustaveli 12', currency: 'GEL', timeZone: 'Asia/Tbilisi', settings: undefined };

  it('[section 5] have default settings, also after a restart', async () => {
    const temp = await start();
    const made = await temp.service.stores.create(draft);
    expect(made.settings).toEqual(DEFAULTS);
    const service = await temp.restart();
    expect(await service.stores.get('main')).toEqual(made);
    expect(await service.stores.list()).toEqual([made]);
  });

  it('are patched only in the named fields', async () => {
    const { service } = await start();
    const made = await service.stores.create(draft);
    const settings = { displayWindowDays: 3, acknowledgeWithinSeconds: undefined };
    const patched = await service.stores.patch('main', { name: 'Old town', settings });
    expect(patched).toEqual({
      ...made,
      name: 'Old town',
      settings: { ...DEFAULTS, displayWindowDays: 3 },
    });
    expect(await service.stores.get('main')).toEqual(patched);
  });

  it('keep settings that are not named, and replace lists as a whole', async () => {
    const { service } = await start();
    const stations = [
      { id: 'grill', name: 'Grill', match: { stations: ['grill'], names: ['steak'] } },
      { id: 'pass', name: 'Pass', match: {}, expo: true },
    ];
    const { settings } = await service.stores.create({ ...draft, settings: { stations, autoAccept: ['web'] } });
    expect(settings).toEqual({ ...DEFAULTS, stations, autoAccept: ['web'] });
    const patch = async (change: StoreSettings) => (await service.stores.patch('main', { settings: change })).settings;
    const minutes = await patch({ preparationMinutes: 25, autoAccept: '*' });
    expect(minutes).toEqual({ ...DEFAULTS, stations, autoAccept: '*', preparationMinutes: 25 });
    expect(await patch({ preparationMinutes: undefined, stations: stations.slice(0, 1), autoAccept: [] })).toEqual({
      ...DEFAULTS,
      stations: stations.slice(0, 1),
      preparationMinutes: 25,
    });
  });

  it('get a generated id if none is given, and cannot reuse a taken one', async () => {
    const { service } = await start();
    await service.stores.create(draft);
    expect((await service.stores.create({ ...draft, id: undefined })).id).toMatch(/^s[0-9a-f]{12}$/);
    expect((await refusalOf(service.stores.create(draft))).code).toBe('conflict');
  });

  it('[S1] each have their own log and epoch', async () => {
    const { service } = await start();
    const [one, two] = [await makeShop(service, 'one'), await makeShop(service, 'two')];
    await one.place();
    await two.place();
    await two.place();
    const heads = [await service.log.head('one'), await service.log.head('two')];
    expect(heads.map(({ head }) => head)).toEqual([1, 2]);
    expect(heads[0]?.epoch).not.toBe(heads[1]?.epoch);
  });

  it('are not found if not created', async () => {
    const { service } = await start();
    const asked = [
      service.stores.get('nope'),
      service.stores.patch('nope', {}),
      service.log.head('nope'),
      service.log.read('nope', { epoch: null, cursor: 0, hash: null }, 200),
      service.log.snapshot('nope'),
      service.log.digest('nope'),
      service.orders.list({ storeId: 'nope', limit: 50 }),
      service.orders.statsToday('nope'),
      service.access.createDevice('nope', { name: 'x', role: 'display' }),
      service.access.listDevices('nope'),
      service.access.createPairingCode('nope'),
    ];
    for (const { code } of await Promise.all(asked.map(refusalOf))) expect(code).toBe('not_found');
  });
});
