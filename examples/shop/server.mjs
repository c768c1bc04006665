// A shop's site in one file: it serves the page and holds the token, which no browser may see. Node 22 or newer.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { TICKETRAIL_URL: url = '', TICKETRAIL_TOKEN: token = '', PORT = '8080' } = process.env;
const PAGE = readFileSync(new URL('./index.html', import.meta.url));
/** Prices are the shop's: what the browser says of a price is not believed. */
const MENU = { khachapuri: { name: 'Khachapuri', unitPriceMinor: 1450 }, soup: { name: 'Soup', unitPriceMinor: 900 } };

/** Sends an order; the same `externalId` is the same order. @returns the answer of the server, or null: no answer */
async function send(externalId, dish, name) {
  const item = MENU[dish];
  const response = await fetch(`${url}/api/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      externalId,
      source: 'site',
      items: [{ ...item, quantity: 1 }],
      customer: { name },
      currency: 'GEL',
      totalMinor: item.unitPriceMinor,
    }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => null);
  return response?.ok ? response.json() : null;
}

async function status(id) {
  const response = await fetch(`${url}/api/v1/orders/${id}`, { headers: { authorization: `Bearer ${token}` } });
  const { number, status } = await response.json();
  return { number, status };
}

const server = createServer(async (request, response) => {
  const json = (code, body) =>
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  try {
    const path = new URL(request.url ?? '/', 'http://shop').pathname;
    if (request.method === 'GET' && path === '/')
      return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    if (request.method === 'POST' && path === '/order') {
      const { key, dish, name } = JSON.parse(await bodyOf(request));
      if (!/^[0-9a-f-]{36}$/.test(key) || !Object.hasOwn(MENU, dish)) return json(400, {});
      const order = await send(`site-${key}`, dish, String(name).slice(0, 100));
      return order ? json(200, { id: order.id, number: order.number, track: order.tracking?.url }) : json(503, {});
    }
    const [, id] = /^\/order\/([\w-]+)$/.exec(path) ?? [];
    return id ? json(200, await status(id)) : json(404, {});
  } catch {
    return json(500, {});
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`shop ready http://127.0.0.1:${server.address().port}`));

async function bodyOf(request) {
  let body = '';
  for await (const part of request) {
    body += part;
    if (body.length > 10_000) throw new Error('too large');
  }
  return body;
}
