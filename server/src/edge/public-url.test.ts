import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';

const PUBLIC_URL = 'https://orders.example/shop/';

async function start(environment: Record<string, string>) {
  const server = await startServer(environment);
  onTestFinished(() => server.close());
  const store = await server.makeStore();
  /** The address of a new order's page, for a request that names any host. */
  function trackingUrl(host: string): Promise<string> {
    const headers = {
      host,
      'content-type': 'application/json',
      authorization: `Bearer ${store.integration.token}`,
    };
    return new Promise((resolve, reject) => {
      request(`${server.url}/api/v1/orders`, { method: 'POST', headers }, (response) =>
        json(response).then((order) => resolve((order as { tracking: { url: string } }).tracking.url), reject),
      )
        .on('error', reject)
        .end(JSON.stringify(orderDraft()));
    });
  }
  return { server, store, trackingUrl };
}

it('[section 2] links to orders begin with PUBLIC_URL, whatever host a request names', async () => {
  const { trackingUrl } = await start({ PUBLIC_URL });
  expect(await trackingUrl('evil.example')).toMatch(/^https:\/\/orders\.example\/shop\/track\/[^/]+$/);
});

it("[section 2] without it, they begin with the request's own", async () => {
  const { trackingUrl } = await start({});
  expect(await trackingUrl('shop.local:4310')).toMatch(/^http:\/\/shop\.local:4310\/track\//);
});

it('[section 6] a socket may name the origin of PUBLIC_URL as its own', async () => {
  const { server, store } = await start({ PUBLIC_URL });
  const connect = (origin: string) =>
    connectStore(server.url, { token: store.display.token }, { extraHeaders: { origin } });
  (await connect('https://orders.example')).close();
  await expect(connect('https://orders.example.evil')).rejects.toMatchObject({ code: 'unauthorized' });
});
