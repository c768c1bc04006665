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
  seconds: number;
  /** By orders per second, such as `painted_ms_10`. */
  [figure: `${'accepted' | 'painted'}_ms_${number}`]: Spread;
}

interface Times {
  /** ms from sending the POST until its answer. */
  accepted: number[];
  /** ms from sending the POST until after the frame that shows the ticket, on every painted display. */
  painted: number[];
}

/** Runs in the page: records when each ticket is painted, in ms since 1970. */
function watchPaint(): void {
  const seen = new Map<string, number>();
  Object.assign(window, { paintedAt: seen });
  // The screen renders in the first callback of a frame, and that frame shows it. A message posted in a frame is handled after it.
  let inFrame = false;
  const afterFrame = (run: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = run;
    port2.postMessage(null);
  };
  requestAnimationFrame(function onFrame() {
    inFrame = true;
    afterFrame(() => {
      inFrame = false;
    });
    requestAnimationFrame(onFrame);
  });
  const note = (node: Node) => {
    if (!(node instanceof Element)) return;
    for (const ticket of [node, ...node.querySelectorAll('[data-testid=ticket]')]) {
      const id = ticket.getAttribute('data-order-id');
      if (!id || seen.has(id)) continue;
      seen.set(id, Number.NaN);
      const painted = () => void seen.set(id, performance.timeOrigin + performance.now());
      if (inFrame) afterFrame(painted);
      else requestAnimationFrame(() => afterFrame(painted));
    }
  };
  new MutationObserver((records) => {
    for (const record of records) for (const node of record.addedNodes) note(node);
  }).observe(document, { childList: true, subtree: true });
}

interface OrderToPaintOptions {
  /** Host processes, of which `painted` are open in Chromium. */
  displays: number;
  painted: number;
  /** A run each. An order is deleted after 2 s. */
  ordersPerSecond: number[];
  seconds: number;
}

export async function orderToPaint(options: OrderToPaintOptions): Promise<OrderToPaint> {
  const { displays, painted, seconds } = options;
  const result: OrderToPaint = { displays, painted, seconds };
  for (const rate of options.ordersPerSecond) {
    const times = await timesAt(rate, options);
    result[`accepted_ms_${rate}`] = spread(times.accepted);
    result[`painted_ms_${rate}`] = spread(times.painted);
  }
  return result;
}

async function timesAt(rate: number, options: OrderToPaintOptions): Promise<Times> {
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
  const warmUp = 3 * rate;
  const total = warmUp + options.seconds * rate;
  await atRate(rate, total, (i) => post(i, i >= warmUp));
  await sleep(500);

  const painted: number[] = [];
  for (const page of pages) {
    const times = await page.evaluate(() => [...(window as unknown as { paintedAt: Map<string, number> }).paintedAt]);
    const at = new Map(times);
    const missing = [...sent.keys()].filter((id) => Number.isNaN(at.get(id) ?? Number.NaN));
    if (missing.length > 0) throw new Error(`${missing.length} of ${sent.size} orders were never painted`);
    for (const [id, from] of sent) painted.push((at.get(id) ?? Number.NaN) - from);
  }
  await browser.close();
  for (const host of hosts) await host.stop();
  await server.stop();
  return { accepted, painted };
}
