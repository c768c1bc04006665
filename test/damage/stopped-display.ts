import { nodeStorage } from '#adapters/node-storage.ts';
import type { Order } from '#contract/order.ts';
import type { CommandRow, HistoryDraft } from '#core/stores.ts';
import { anOrder } from '../support/an-order.ts';

/** The files of a display that was stopped in the middle of a day, and everything that can be read from them. */

const silent = { info() {}, warn() {}, error() {} };
const OPENING = Date.parse('2026-11-21T10:00:00.000Z');
const iso = (minutes: number): string => new Date(OPENING + minutes * 60_000).toISOString();
const STATUSES = ['pending', 'preparing', 'ready', 'completed', 'cancelled'] as const;

const orders: Order[] = Array.from({ length: 60 }, (_, i) =>
  anOrder({
    id: `order-${i}`,
    number: `${100 + i}`,
    status: STATUSES[i % STATUSES.length] ?? 'pending',
    note: `note ${i} ครัว`,
    ...{ placedAt: iso(i), createdAt: iso(i), updatedAt: iso(i), statusSince: iso(i), version: i + 1, seq: i + 1 },
  }),
);
const command = (i: number): Omit<CommandRow, 'id'> => ({
  commandId: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  orderId: `order-${i % 60}`,
  intent: { type: 'set_item_done', payload: { itemId: 'i1', done: i % 2 === 0 } },
  baseVersion: i,
  issuedAt: iso(i),
  answer: i < 80 ? { outcome: 'applied', seq: i, epoch: 'epoch', at: OPENING + i } : null,
});
const entry = (i: number): HistoryDraft => ({
  at: OPENING + i,
  kind: 'link',
  state: 'offline',
  before: 'live',
  cause: i % 2 ? 'no_network' : 'server_away',
});

/** Writes a display's `cache.db` and `queue.db`. `whileOpen` sees the files as a kill would leave them. */
export function writeStoppedDisplay(dir: string, whileOpen: () => void): void {
  const storage = nodeStorage(dir, silent);
  const { store: queue } = storage.openQueue();
  const { store: cache } = storage.openCache();
  cache.transaction(() => {
    for (const order of orders) {
      cache.put(order);
      const { id: orderId, status, statusSince, fulfilment, totalMinor, createdAt, placedAt, dueAt } = order;
      const facts = { orderId, status, statusSince, fulfilment, totalMinor, createdAt, placedAt, dueAt };
      cache.keepFigureRow({ ...facts, startedAt: statusSince, readyAt: null, recalls: 0 });
    }
    for (const order of orders.slice(0, 10)) cache.keepSeen({ ...order, note: 'as it was' });
    cache.addHistory(Array.from({ length: 200 }, (_, i) => ({ words: `offline ${i}`, entry: entry(i) })));
    cache.setPosition({ epoch: 'epoch', cursor: 90, hash: 'abcdef' });
    cache.setNote('lastWord', OPENING);
  });
  queue.transaction(() => {
    queue.setIdentity({ tokenHash: 'hash', deviceId: 'device', deviceName: 'Küche' });
    for (let i = 0; i < 90; i++) queue.insert(command(i));
    for (let i = 0; i < 5; i++)
      queue.addFailedCommand({
        ...{
          id: `failed-${i}`,
          orderId: `order-${i}`,
          orderNumber: `${100 + i}`,
          commandType: 'acknowledge',
          payload: {},
        },
        ...{ code: 'stale', message: '', issuedAt: OPENING, at: OPENING + i, order: orders[i] ?? null },
      });
    queue.claimAlerts(ALERTED, OPENING);
    queue.setSettings({ volume: 0.7 });
    queue.setNote('pin', { hash: 'of a pin' });
  });
  whileOpen();
  queue.close();
  cache.close();
}

const ALERTED = orders.slice(0, 20).map(({ id }) => id);

/** Everything that can be read, by name, as JSON; a list for each. */
export type Contents = Record<string, string[]>;
export interface Read {
  /** null: the start was refused, with a sentence that says why. */
  contents: Contents | null;
  /** The screen or the log says that something was damaged. */
  isTold: boolean;
  /** The last transaction could not be read, so all is as before it; that was reported. */
  isSetBack?: boolean;
}

/** Starts on these files as a display does. */
export function readStoppedDisplay(dir: string): Read {
  const storage = nodeStorage(dir, silent);
  const { store: queue, setAside } = storage.openQueue();
  const { store: cache, rebuilt } = storage.openCache();
  const waiting = queue.unsettled('epoch', 50);
  const history = cache.history({ before: null, kinds: null, words: 'offline', limit: 1_000, most: 1_000 });
  const lists: Record<string, readonly unknown[]> = {
    position: [cache.position()].filter(({ epoch }) => epoch !== null),
    orders: [...cache.open(), ...cache.closedSince('', 1_000)],
    single: orders.flatMap(({ id }) => cache.get(id) ?? []),
    seen: orders.flatMap(({ id }) => cache.seen(id) ?? []),
    versions: cache.openVersions(),
    found: cache.search({ texts: ['note'], before: null, limit: 1_000 }),
    figures: cache.figureRows('', '9', 'GEL'),
    history: history.entries,
    notes: [cache.note('lastWord')].filter((note) => note !== null),
    identity: [queue.identity()].filter(({ tokenHash }) => tokenHash !== null),
    waiting: waiting.filter(({ intent }) => intent !== null),
    answered: queue.answered({ since: 0, before: Number.MAX_SAFE_INTEGER, limit: 1_000 }),
    failed: queue.failedCommands(),
    settings: [queue.settings(), queue.note('pin')].filter((one) => one !== null),
    alerted: ALERTED.filter((id) => queue.claimAlerts([id], OPENING).length === 0),
  };
  queue.close();
  cache.close();
  const contents = Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [name, list.map((one) => JSON.stringify(one)).sort()]),
  );
  return { contents, isTold: rebuilt || setAside !== null };
}

/** What differs between the two: altered or lost entries by name. */
export function differences(before: Contents, after: Contents): { altered: string[]; lost: string[] } {
  const names = Object.keys(before);
  const without = (all: string[] = [], others: string[] = []) => all.filter((one) => !others.includes(one));
  return {
    altered: names.filter((name) => without(after[name], before[name]).length > 0),
    lost: names.filter((name) => without(before[name], after[name]).length > 0),
  };
}
