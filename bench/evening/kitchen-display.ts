import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Intent } from '#contract/command.ts';
import type { Status } from '#contract/status.ts';
import type { Changes } from '#contract/sync.ts';
import type { LightSocket } from '../clients/light-socket.ts';
import { openStoreSocket } from '../clients/store-socket.ts';

/** An order as a display has it. */
export interface ShownOrder {
  status: Status;
  version: number;
  items: { id: string }[];
}

/** A display that keeps what it gets, checks that nothing is missing in between, and sends taps. */
export interface KitchenDisplay {
  /** Resolves when it is connected the first time; it connects again by itself. */
  connect(): Promise<void>;
  /** Sends a tap until it is answered; after a minute the outcome is `unanswered`. */
  tap(orderId: string, intent: Intent): Promise<Tapped>;
  /** Resolves when it shows the order; null: not within a minute. */
  shows(orderId: string): Promise<ShownOrder | null>;
  orders: ReadonlyMap<string, ShownOrder>;
  position: { epoch: string; cursor: number; hash: string | null };
  /** When each change arrived, by its number. */
  arrivedAt: ReadonlyMap<number, number>;
  faults: DisplayFaults;
  /** ms between two words of the server, the longest. */
  longestSilence(): number;
  close(): void;
}

export interface Tapped {
  /** When it was sent first. */
  sentAt: number;
  outcome: string;
  /** Of the change, if the outcome is `applied`. */
  seq: number;
}

export interface DisplayFaults {
  /** Batches that did not begin where the one before ended, or whose changes are not all there. */
  gaps: number;
  connectionsLost: number;
  /** Told to fetch everything again. */
  startedOver: number;
}

const RETRY_MS = 500;
const ANSWER_WITHIN_MS = 20_000;
const GIVE_UP_MS = 60_000;
/** All of a batch. */
const WHOLE_MESSAGE = Number.POSITIVE_INFINITY;
const BATCH = '42/store,["changes",';

/** @param urls of the nodes; it goes to the next one when a connection is lost */
export function createKitchenDisplay(urls: readonly string[], token: string, epoch: string): KitchenDisplay {
  const position: KitchenDisplay['position'] = { epoch, cursor: 0, hash: null };
  const orders = new Map<string, ShownOrder>();
  const arrivedAt = new Map<number, number>();
  const faults: DisplayFaults = { gaps: 0, connectionsLost: 0, startedOver: 0 };
  const waiting = new Map<string, (order: ShownOrder) => void>();
  /** Taps under way on the current connection; null: it was lost. */
  const underWay = new Map<number, (answer: string | null) => void>();
  let connected = Promise.withResolvers<LightSocket>();
  let socket: LightSocket | null = null;
  let tries = 0;
  let number = 0;
  let isClosed = false;
  let lastWordAt = Number.NaN;
  let silence = 0;

  function word(): void {
    const now = performance.now();
    if (now - lastWordAt > silence) silence = now - lastWordAt;
    lastWordAt = now;
  }

  function take(batch: Changes): void {
    const now = performance.now();
    const numbers = batch.changes.map(({ seq }) => seq);
    const isWhole = numbers.length === batch.to - batch.from && numbers.every((seq, i) => seq === batch.from + 1 + i);
    if (batch.epoch !== epoch || batch.from !== position.cursor || !isWhole) faults.gaps++;
    position.cursor = batch.to;
    position.hash = batch.hash;
    for (const { seq, orderId, order } of batch.changes) {
      arrivedAt.set(seq, now);
      if (order === null) orders.delete(orderId);
      else if (order) orders.set(orderId, { status: order.status, version: order.version, items: order.items });
      const shown = orders.get(orderId);
      if (shown) waiting.get(orderId)?.(shown);
    }
  }

  async function open(): Promise<LightSocket> {
    const url = urls[tries++ % urls.length] ?? '';
    return openStoreSocket(
      { url, token, position: { ...position }, most: WHOLE_MESSAGE },
      {
        word,
        changes(text, from) {
          take(JSON.parse(text.slice(BATCH.length, -1)));
          from.send(`42/store,["got",{"cursor":${position.cursor}}]`);
        },
        answer(which, text) {
          underWay.get(which)?.(text);
          underWay.delete(which);
        },
        ended,
      },
    );
  }

  function ended(): void {
    // A connection that did not come about says so too.
    if (socket === null || isClosed) return;
    socket = null;
    faults.connectionsLost++;
    connected = Promise.withResolvers();
    for (const resolve of underWay.values()) resolve(null);
    underWay.clear();
    void again();
  }

  async function again(): Promise<void> {
    while (!isClosed)
      try {
        socket = await open();
        return connected.resolve(socket);
      } catch (error) {
        if (String(error).includes('start over')) {
          faults.startedOver++;
          return;
        }
        await sleep(RETRY_MS);
      }
  }

  async function ask(message: object): Promise<string | null> {
    const to = await connected.promise;
    const which = ++number;
    const answer = new Promise<string | null>((resolve) => void underWay.set(which, resolve));
    to.send(`42/store,${which}["commands",${JSON.stringify(message)}]`);
    return answer;
  }

  return {
    async connect() {
      socket = await open();
      connected.resolve(socket);
    },
    async tap(orderId, intent) {
      const sentAt = performance.now();
      const issuedAt = new Date().toISOString();
      const baseVersion = orders.get(orderId)?.version ?? 0;
      const command = { commandId: randomUUID(), orderId, baseVersion, issuedAt, ...intent };
      while (performance.now() - sentAt < GIVE_UP_MS) {
        const text = await within(ANSWER_WITHIN_MS, ask({ commands: [command] }));
        if (text === null) continue;
        const [answer] = JSON.parse(text.slice(text.indexOf('[')));
        const result = answer.results?.[0];
        if (result) return { sentAt, outcome: result.outcome, seq: result.seq };
        if (answer.error?.code !== 'unavailable') return { sentAt, outcome: answer.error?.code ?? text, seq: 0 };
        await sleep(RETRY_MS);
      }
      return { sentAt, outcome: 'unanswered', seq: 0 };
    },
    async shows(orderId) {
      const shown = orders.get(orderId);
      if (shown) return shown;
      const { promise, resolve } = Promise.withResolvers<ShownOrder>();
      waiting.set(orderId, resolve);
      const order = await within(GIVE_UP_MS, promise);
      waiting.delete(orderId);
      return order;
    },
    orders,
    position,
    arrivedAt,
    faults,
    longestSilence: () => Math.max(silence, performance.now() - lastWordAt),
    close() {
      isClosed = true;
      socket?.close();
    },
  };
}

/** @returns null if the promise does not resolve within so many ms */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  const settled = new AbortController();
  try {
    return await Promise.race([promise, sleep(ms, null, { signal: settled.signal })]);
  } finally {
    settled.abort();
  }
}
