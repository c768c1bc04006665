import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readScreenFiles } from '#adapters/screen-files.ts';
import type { BridgeHost, CallInput, PushName, Ticket } from '#contract/bridge.ts';
import { decide } from '#contract/decide.ts';
import { ok } from '#contract/errors.ts';
import type { Order } from '#contract/order.ts';
import { serveBridge } from '#node-host/serve-bridge.ts';
import { createDemoCore } from '#renderer/demo/demo-core.ts';
import { DINNER_SERVICE, orderOf } from '#renderer/demo/dinner-service.ts';
import { sceneOf } from '#renderer/demo/scene.ts';
import { SCREEN } from '../../scripts/start/builds.ts';
import { ensureBuilt } from '../../scripts/start/ensure-built.ts';
import { freePort, onCleanUp } from '../support.ts';
import type { Work } from './work-the-board.ts';

const MINUTE_MS = 60_000;
/** As the core pushes: at most one patch a frame; and as many closed tickets stay in view. */
const FRAME_MS = 16;
const MOST_CLOSED = 50;
const STATUS_EVERY_MS = 1_000;

/**
 * The page with next to nothing behind it: the built screen and the real bridge, but orders in memory, without server,
 * disk and network. What is measured then is what the page itself can do on a machine.
 */
export async function feedPage(open: number): Promise<{
  address: string;
  work(changesPerSecond: number, seconds: number): Promise<Work>;
  close(): Promise<void>;
}> {
  const tickets = new Map<string, Ticket>();
  const listeners = new Set<(name: PushName, payload: never) => void>();
  const dirty = new Set<string>();
  const closed: string[] = [];
  let n = 1;
  let made = 0;
  const { status } = createDemoCore(sceneOf('count=0', Date.now()), () => {});
  const push = (name: PushName, payload: unknown) =>
    listeners.forEach((listener) => void listener(name, payload as never));

  function set(order: Order): void {
    const ageFrom = Date.parse(order.placedAt);
    const ages = { warningAt: ageFrom + 5 * MINUTE_MS, lateAt: ageFrom + 10 * MINUTE_MS };
    tickets.set(order.id, { order, pending: false, ageFrom, ...ages, marks: null, ended: null });
    dirty.add(order.id);
  }
  function change(id: string | undefined, to: Partial<Order>): void {
    const order = id === undefined ? undefined : tickets.get(id)?.order;
    if (!order) return;
    const at = new Date().toISOString();
    const moved = to.status ? { statusSince: at } : {};
    set({ ...order, ...moved, ...to, updatedAt: at, version: order.version + 1, seq: order.seq + 1 });
  }
  function place(): string {
    made += 1;
    const sketch = DINNER_SERVICE[made % DINNER_SERVICE.length] as (typeof DINNER_SERVICE)[number];
    // Placed over the last hour, so that all ages are on the board.
    const plain = {
      ...sketch,
      number: String(made),
      status: 'preparing' as const,
      minutes: made % 60,
      priority: false,
    };
    const order = orderOf({ ...plain, fulfilment: 'pickup' }, made, Date.now());
    set({ ...order, dueAt: null });
    return order.id;
  }
  function tell(): void {
    if (dirty.size === 0) return;
    const removes = closed.splice(0, Math.max(0, closed.length - MOST_CLOSED));
    for (const id of removes) tickets.delete(id);
    const upserts = [...dirty].map((id) => tickets.get(id)).filter((ticket) => ticket !== undefined);
    dirty.clear();
    push('board', { n: ++n, upserts, removes });
  }

  const page: BridgeHost = {
    async call(name, input) {
      if (name === 'getBoard') return ok({ n, loaded: true, tickets: [...tickets.values()] });
      if (name === 'getStatus') return ok(status());
      if (name === 'command') {
        const { orderId, intent } = input as CallInput<'command'>;
        const order = tickets.get(orderId)?.order;
        const now = Date.now();
        const decision = decide(order, intent, { now, issuedAt: now, baseVersion: order?.version ?? 0, by: 'Bench' });
        if (decision.outcome === 'applied') set(decision.order);
        tell();
      }
      return ok({ n: 1, undo: null });
    },
    onPush(listener) {
      listeners.add(listener as never);
      return () => listeners.delete(listener as never);
    },
  };

  const preparing = Array.from({ length: open }, place);
  const ready = preparing.splice(0, Math.floor(open / 4));
  for (const id of ready) change(id, { status: 'ready' });
  dirty.clear();
  const turnTo = (turn: number): void => {
    if (turn % 5 === 0) preparing.push(place());
    else if (turn % 5 === 1) {
      const id = preparing.shift();
      change(id, { status: 'ready' });
      if (id) ready.push(id);
    } else if (turn % 5 === 2) {
      const id = ready.shift();
      change(id, { status: 'completed' });
      if (id) closed.push(id);
    } else
      change(preparing[(turn * 7) % preparing.length], {
        payment: { status: turn % 2 ? 'paid' : 'unpaid', method: null },
      });
  };

  const root = join(import.meta.dirname, '../..');
  const files = await readScreenFiles(await ensureBuilt(root, SCREEN, console.log));
  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench');
    const file = files.get(pathname === '/' ? '/index.html' : pathname);
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body);
  });
  const bridge = serveBridge(http, page, () => true);
  const port = await freePort();
  await new Promise<void>((done) => http.listen(port, '127.0.0.1', done));
  const statuses = setInterval(() => push('status', status()), STATUS_EVERY_MS);
  const frames = setInterval(tell, FRAME_MS);
  async function close(): Promise<void> {
    clearInterval(statuses);
    clearInterval(frames);
    bridge.close();
    http.close();
  }
  onCleanUp(close);

  return {
    address: `http://127.0.0.1:${port}/`,
    close,
    async work(changesPerSecond, seconds) {
      const begin = performance.now();
      const changes = changesPerSecond * seconds;
      for (let turn = 0; turn < changes; turn++) {
        await sleep(Math.max(0, begin + (turn * 1_000) / changesPerSecond - performance.now()));
        turnTo(turn);
      }
      return { changes, seconds: (performance.now() - begin) / 1_000 };
    },
  };
}
