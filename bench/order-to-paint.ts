import { setTimeout as sleep } from 'node:timers/promises';
import { atRate } from './clients/at-rate.ts';
import { startBrowser } from './start-browser.ts';
import { startTicketrail } from './subjects/ticketrail.ts';
import { type Spread, someOrder, spread, startDisplay } from './support.ts';

/**
 * The time from a web shop's `POST /orders` until the ticket is painted: HTTP, durable commit, push, display cache on disk,
 * bridge, React, a frame. Everything runs on one machine and shares its clock.
 */
export interface OrderToPaint {
  displays: number;
  painted: number;
  ordersPerSecond: number;
  seconds: number;
  /** ms from sending the POST until its answer. */
  accepted: Spread;
  /** ms from sending the POST until after the frame that shows the ticket, on every painted display. */
  painted_ms: Spread;
}

/** Runs in the page: records when each ticket is painted, in ms since 1970. */
function watchPaint(): void {
  const seen = new Map<string, number>();
  Object.assign(window, { paintedAt: seen });
  const note = (node: Node) => {
    if (!(node instanceof Element)) return;
    for (const ticket of [node, ...node.querySelectorAll('[data-testid=ticket]')]) {
      const id = ticket.getAttribute('data-order-id');
      if (!id || seen.has(id)) continue;
      seen.set(id, Number.NaN);
      // A message posted in an animation frame is handled after the frame has been produced.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => seen.set(id, performance.timeOrigin + performance.now());
        port2.postMessage(null);
      });
    }
  };
  new MutationObserver((records) => {
    for (const record of records) for (const node of record.addedNodes) note(node);
  }).observe(document, { childList: true, subtree: true });
}

/** @param options `displays` host processes, of which `painted` are open in Chromium; an order is deleted after 2 s */
export async function orderToPaint(options: {
  displays: number;
  painted: number;
  ordersPerSecond: number;
  seconds: number;
}): Promise<OrderToPaint> {
  const server = await startTicketrail();
  const { addDevice } = await server.addStore(0);
  const shop = await addDevice('integration');
  const hosts: Awaited<ReturnType<typeof startDisplay>>[] = [];
  for (let i = 0; i < options.displays; i++) hosts.push(await startDisplay(server.url(0), await addDevice('display')));

  const browser = await startBrowser();
  const pages = [];
  for (const host of hosts.slice(0, options.painted)) {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.addInitScript(watchPaint);
    await page.goto(host.address);
    await page.waitForSelector('[data-testid=link][data-state=live]', { timeout: 20_000 });
    pages.push(page);
  }

  const sent = new Map<string, number>();
  const accepted: number[] = [];
  const post = async (i: number, counted: boolean) => {
    const at = performance.timeOrigin + performance.now();
    const order = await server.call('POST', '/orders', shop, someOrder(i));
    if (counted) {
      accepted.push(performance.timeOrigin + performance.now() - at);
      sent.set(String(order.id), at);
    }
    await sleep(2_000);
    await server.call('DELETE', `/orders/${order.id}`, shop);
  };
  const warmUp = 3 * options.ordersPerSecond;
  const total = warmUp + options.seconds * options.ordersPerSecond;
  await atRate(options.ordersPerSecond, total, (i) => post(i, i >= warmUp));
  await sleep(500);

  const painted: number[] = [];
  for (const page of pages) {
    const times = await page.evaluate(() => [...(window as unknown as { paintedAt: Map<string, number> }).paintedAt]);
    const at = new Map(times);
    const missing = [...sent.keys()].filter((id) => Number.isNaN(at.get(id) ?? Number.NaN));
    if (missing.length > 0) throw new Error(`${missing.length} of ${sent.size} orders were never painted`);
    for (const [id, from] of sent) painted.push((at.get(id) ?? Number.NaN) - from);
  }
  return { ...options, accepted: spread(accepted), painted_ms: spread(painted) };
}
