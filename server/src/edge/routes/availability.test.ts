import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Availability } from '#contract/availability.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  store = await server.makeStore();
});
afterAll(() => server.close());

const ahead = (ms: number) => new Date(Date.now() + ms).toISOString();
const get = async () => (await server.api('GET', `/stores/${store.id}/availability`)).json as Availability;
const patch = (body: unknown) =>
  server.api('PATCH', `/stores/${store.id}/availability`, { token: store.display.token, body });
const patchSettings = (settings: object) => server.api('PATCH', `/stores/${store.id}`, { body: { settings } });

describe('[section 13] /stores/:id/availability', () => {
  it('is what the contract says, in UTC with milliseconds', async () => {
    const state = await get();
    expect(Availability.strict().parse(state)).toEqual(state);
    const body = {
      pausedUntil: '2996-11-21T14:00:00+04:00',
      unavailable: [{ name: 'Lobio' }, { name: 'Tea', until: null }],
    };
    const { status, json } = await patch(body);
    expect(status).toBe(200);
    expect(json).toEqual({
      open: true,
      pausedUntil: '2996-11-21T10:00:00.000Z',
      busyUntil: null,
      preparationMinutes: null,
      unavailable: [
        { name: 'Lobio', until: null },
        { name: 'Tea', until: null },
      ],
    });
    expect(await get()).toEqual(json);
  });

  it.each([
    ['surprise', { surprise: 1 }],
    ['open', { open: 'yes' }],
    ['open', { open: null }],
    ['pausedUntil', { pausedUntil: 'soon' }],
    ['pausedUntil', { pausedUntil: 5 }],
    ['busyUntil', { busyUntil: '2026-02-30T00:00:00Z' }],
    ['preparationMinutes', { preparationMinutes: 0 }],
    ['preparationMinutes', { preparationMinutes: 601 }],
    ['preparationMinutes', { preparationMinutes: 1.5 }],
    ['unavailable', { unavailable: 'all' }],
    ['unavailable', { unavailable: null }],
    ['unavailable', { unavailable: Array.from({ length: 501 }, () => ({ name: 'x' })) }],
    ['unavailable.0.name', { unavailable: [{}] }],
    ['unavailable.1.name', { unavailable: [{ name: 'x' }, { name: 'x'.repeat(201) }] }],
    ['unavailable.0.until', { unavailable: [{ name: 'x', until: 'zzz' }] }],
    ['unavailable.0.price', { unavailable: [{ name: 'x', price: 1 }] }],
    ['', []],
    ['', 'x'],
  ])('refuses a wrong %s, and changes nothing', async (path, body) => {
    const before = await get();
    const isObject = typeof body === 'object' && !Array.isArray(body);
    const { status, json } = await patch(isObject ? { busyUntil: ahead(60_000), open: false, ...body } : body);
    expect([status, json.error.code, json.error.details[0].path]).toEqual([400, 'invalid_request', path]);
    expect(await get()).toEqual(before);
  });

  it('ends by itself, and is counted', async () => {
    await patch({ pausedUntil: ahead(150) });
    await until('the end', async () => (await get()).pausedUntil === null, 10_000, 10);
    const figures = async () => (await server.api('GET', '/metrics')).text;
    await until('both changes', async () => /availability_changes_total [2-9]/.test(await figures()), 10_000);
  });
});

describe('[section 13] the settings of a store', () => {
  it('hold stations, sources to accept and the preparation time; null changes nothing', async () => {
    const stations = [
      { id: 'grill', name: 'Grill', match: { stations: ['grill'], names: ['steak'], sources: ['kiosk'] } },
      { id: 'pass', name: 'Pass', match: {}, expo: true },
    ];
    const settings = { autoAccept: ['web', 'kiosk'], preparationMinutes: 25, stations };
    expect((await patchSettings(settings)).json.settings).toMatchObject(settings);
    const nulls = { autoAccept: null, preparationMinutes: null, stations: null };
    expect((await patchSettings(nulls)).json.settings).toMatchObject(settings);
    expect((await server.api('GET', `/stores/${store.id}`)).json.settings).toMatchObject(settings);
    expect((await get()).preparationMinutes).toBe(25);
    const made = await server.api('POST', '/stores', {
      body: { name: 'New', currency: 'GEL', timeZone: 'UTC', settings: { ...settings, autoAccept: '*' } },
    });
    expect([made.status, made.json.settings]).toMatchObject([201, { ...settings, autoAccept: '*' }]);
  });

  const station = { id: 'grill', name: 'Grill', match: {} };
  it.each([
    ['autoAccept', 'web'],
    ['autoAccept', 5],
    ['autoAccept', [1]],
    ['autoAccept', {}],
    ['autoAccept', true],
    ['autoAccept.1', ['web', '']],
    ['preparationMinutes', 0],
    ['preparationMinutes', '25'],
    ['stations', {}],
    ['stations', Array.from({ length: 21 }, (_, i) => ({ ...station, id: `s${i}` }))],
    ['stations.1.id', [station, { ...station, name: 'Bar' }]],
    ['stations.0.id', [{ ...station, id: 'x'.repeat(41) }]],
    ['stations.0.name', [{ id: 'grill', match: {} }]],
    ['stations.0.match', [{ id: 'grill', name: 'Grill' }]],
    ['stations.0.match.names', [{ ...station, match: { names: 'steak' } }]],
    ['stations.0.match.colour', [{ ...station, match: { colour: [] } }]],
    ['stations.0.expo', [{ ...station, expo: 'yes' }]],
  ])('refuse a wrong %s, and change nothing: %j', async (path, value) => {
    const before = (await server.api('GET', `/stores/${store.id}`)).json;
    const { status, json } = await patchSettings({ [path.split('.')[0] ?? '']: value, displayWindowDays: 3 });
    expect([status, json.error.code, json.error.details[0].path]).toEqual([400, 'invalid_request', `settings.${path}`]);
    expect(json.error.details[0].message).not.toMatch(/^Invalid/);
    expect((await server.api('GET', `/stores/${store.id}`)).json).toEqual(before);
  });
});

it('[section 13] the answer to a new order shows it as accepted, and it is counted', async () => {
  await patchSettings({ autoAccept: ['web'] });
  const place = (source: string) =>
    server.api('POST', '/orders', { token: store.integration.token, body: orderDraft({ source }) });
  const counted = async () =>
    Number(/orders_auto_accepted_total (\d+)/.exec((await server.api('GET', '/metrics')).text)?.[1]);
  const before = await counted();
  const [web, phone] = [await place('web'), await place('phone')];
  expect([web.status, web.json.status, web.json.version]).toEqual([201, 'preparing', 2]);
  expect([phone.status, phone.json.status, phone.json.version]).toEqual([201, 'pending', 1]);
  expect(await counted()).toBe(before + 1);
});
