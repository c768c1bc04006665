// Places an order and follows it on the feed until it is finished. Node 22 or newer, no packages.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const { TICKETRAIL_URL: url = '', TICKETRAIL_TOKEN: token = '' } = process.env;

/** Repeats a call until it is answered. 4xx means that the request is wrong, and would be so again. */
async function call(method, path, body) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    if (response?.ok) return response.json();
    if (response && response.status < 500 && response.status !== 429) throw new Error(await response.text());
    const seconds = Number(response?.headers.get('retry-after') ?? 0);
    await pause(Math.max(wait, seconds * 1_000));
  }
}

/** What the feed says, one message after the other, over lost connections. */
async function* messages() {
  /** Where to go on: a real program keeps it on disk, with what it has done about a change. */
  let position = null;
  for (;;) {
    const query = position ? `?epoch=${position.epoch}&since=${position.seq}` : '';
    const feed = new WebSocket(`${url.replace('http', 'ws')}/api/v1/feed${query}`, ['ticketrail.v1', `token.${token}`]);
    for await (const message of read(feed)) {
      if (message.type === 'hello') position ??= { epoch: message.data.epoch, seq: message.data.head };
      // The server was restored, or we were away for too long: hello comes again, and whoever reads us looks at the orders.
      if (message.type === 'reset') position = null;
      if (message.seq !== undefined) position.seq = message.seq;
      yield message;
    }
    await pause(1_000);
  }
}

/** The messages of one connection, until it ends. */
async function* read(feed) {
  const waiting = [];
  let wake = () => {};
  let isOpen = true;
  feed.onmessage = ({ data }) => {
    waiting.push(JSON.parse(data));
    wake();
  };
  feed.onclose = () => {
    isOpen = false;
    wake();
  };
  try {
    while (isOpen || waiting.length > 0) {
      if (waiting.length > 0) yield waiting.shift();
      else await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    feed.close();
  }
}

const placed = await call('POST', '/orders', {
  // The shop's own number of the order: a repeat with it gets the same order.
  externalId: `node-${randomUUID()}`,
  source: 'node',
  items: [{ name: 'Khachapuri', quantity: 1 }],
  currency: 'GEL',
  totalMinor: 1450,
});
console.log(`placed ${placed.id}`);

let last;
for await (const { type, data } of messages()) {
  // After hello nothing is missed any more; what was before it is in the order as it is now.
  const order = type === 'hello' ? await call('GET', `/orders/${placed.id}`) : data?.order;
  if (order?.id !== placed.id || order.status === last) continue;
  last = order.status;
  console.log(last);
  if (['completed', 'rejected', 'cancelled'].includes(last)) break;
}
