import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Store } from '#contract/store.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
const draft = { name: 'Café Tbilisi', currency: 'GEL', timeZone: 'Asia/Tbilisi' };

describe('[section 5] stores', () => {
  it('are created with a given or a generated id', async () => {
    const named = await server.api('POST', '/stores', { body: { ...draft, id: 'main' } });
    expect([named.status, named.json.id]).toEqual([201, 'main']);
    const unnamed = (await server.api('POST', '/stores', { body: draft })).json;
    expect(Store.parse(unnamed)).toEqual(unnamed);
    expect((await server.api('GET', `/stores/${unnamed.id}`)).json).toEqual(unnamed);
  });

  it('answer conflict for a taken id', async () => {
    await server.api('POST', '/stores', { body: { ...draft, id: 'taken' } });
    const { status, json } = await server.api('POST', '/stores', { body: { ...draft, id: 'taken' } });
    expect([status, json.error.code]).toEqual([409, 'conflict']);
  });

  it('are patched by the named fields', async () => {
    const { id } = (await server.api('POST', '/stores', { body: draft })).json;
    const body = { name: 'New name', settings: { displayWindowDays: 3 } };
    const { json } = await server.api('PATCH', `/stores/${id}`, { body });
    expect(json).toMatchObject({ name: 'New name', timeZone: 'Asia/Tbilisi', settings: { displayWindowDays: 3 } });
    expect((await server.api('PATCH', '/stores/nobody', { body })).status).toBe(404);
  });

  it.each([
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['currency', { currency: 'lari' }],
    ['id', { id: '../etc' }],
    ['name', { name: '' }],
    ['surprise', { surprise: 1 }],
    ['settings.displayWindowDays', { settings: { displayWindowDays: 0 } }],
  ])('refuse a wrong %s', async (path, over) => {
    const { status, json } = await server.api('POST', '/stores', { body: { ...draft, ...over } });
    expect([status, json.error.details[0].path]).toEqual([400, path]);
  });
});
