import type { Order } from '#contract/order.ts';
import { searchText } from '#contract/search-text.ts';
import { isOpen } from '#contract/status.ts';
import type { Position } from '#contract/sync.ts';
import type { CacheStore, FigureRow } from '../stores.ts';
import { memoryHistory } from './memory-history.ts';
import { memoryTransactions } from './memory-transactions.ts';

interface State {
  position: Position;
  orders: Record<string, Order>;
  seen: Record<string, Order>;
  figures: Record<string, FigureRow>;
  notes: Record<string, unknown>;
  /** Of the last history entry: tells a transaction that something was added. */
  lastEntry: number;
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
/** Ids are ASCII in tests, where the order of code units is that of bytes. */
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

type Place = Pick<Order, 'createdAt' | 'id'>;
const placeOf = ({ createdAt, id }: Place): string => `${createdAt} ${id}`;
const newestFirst = (a: Place, b: Place): number => (placeOf(a) > placeOf(b) ? -1 : 1);

/** The cache in memory; `disk` makes it fail, saves and restores it. */
export function memoryCache() {
  const disk = memoryTransactions<State>({
    position: { epoch: null, cursor: 0, hash: null },
    orders: {},
    seen: {},
    figures: {},
    notes: {},
    lastEntry: 0,
  });
  const { state } = disk;
  const history = memoryHistory();
  /** The history is no part of the state, which is copied whole with each transaction: it is undone by itself. */
  const transaction = <T>(run: () => T): T => {
    const undo = history.mark();
    try {
      return disk.transaction(run);
    } catch (error) {
      undo();
      throw error;
    }
  };
  const all = (): Order[] => Object.values(state().orders);
  const write = (run: (state: State) => void): void => transaction(() => run(state()));

  const store: CacheStore = {
    transaction,
    close: disk.close,
    position: () => copy(state().position),
    setPosition: (to) =>
      write((s) => {
        s.position = copy(to);
      }),
    get: (id) => {
      const order = state().orders[id];
      return order && copy(order);
    },
    put: (order) =>
      write((s) => {
        s.orders[order.id] = copy(order);
      }),
    remove: (id) =>
      write((s) => {
        delete s.orders[id];
        delete s.seen[id];
        delete s.figures[id];
      }),
    clear: () =>
      write((s) => {
        s.orders = {};
        s.seen = {};
        s.figures = {};
      }),
    seen: (id) => {
      const order = state().seen[id];
      return order && copy(order);
    },
    keepSeen: (order) =>
      write((s) => {
        s.seen[order.id] = copy(order);
      }),
    forgetSeen: (id) =>
      write((s) => {
        delete s.seen[id];
      }),
    closedUnseen: () => copy(all().filter((order) => !isOpen(order.status) && state().seen[order.id])),
    open: () => copy(all().filter((order) => isOpen(order.status))),
    closedSince: (since, limit) =>
      copy(
        all()
          .filter((order) => !isOpen(order.status) && order.statusSince >= since)
          .sort((a, b) => (a.statusSince < b.statusSince ? 1 : -1))
          .slice(0, limit),
      ),
    versions: () => all().map(({ id, version }) => ({ id, version })),
    openVersions: () =>
      all()
        .filter((order) => isOpen(order.status))
        .map(({ id, version }) => ({ id, version }))
        .sort(byId),
    search: ({ texts, before, limit }) =>
      copy(
        all()
          .filter((order) => !before || newestFirst(before, order) < 0)
          .filter((order) => texts.some((text) => searchText(order).includes(text)))
          .sort(newestFirst)
          .slice(0, limit),
      ),
    forgetClosedBefore(updatedAt) {
      const old = all().filter((order) => !isOpen(order.status) && order.updatedAt < updatedAt);
      write((s) => {
        for (const { id } of old) {
          delete s.orders[id];
          delete s.seen[id];
          delete s.figures[id];
        }
      });
      return old.length;
    },
    figureRow: (id) => {
      const row = state().figures[id];
      return row && copy(row);
    },
    keepFigureRow: (row) =>
      write((s) => {
        s.figures[row.orderId] = copy(row);
      }),
    figureRows: (from, to) =>
      copy(Object.values(state().figures).filter(({ createdAt }) => from <= createdAt && createdAt < to)),
    addHistory: (rows) =>
      write((s) => {
        for (const row of rows) history.add(++s.lastEntry, copy(row));
      }),
    history: (look) => {
      state();
      return copy(history.page(look));
    },
    historyOf: (orderId, limit) => copy(history.of(orderId, limit)),
    historyFigures: history.figures,
    pruneHistory: (at, most) => write(() => history.prune(at, most)),
    clearHistory: () => write(() => history.prune(Number.POSITIVE_INFINITY, 0)),
    note: (key) => copy(state().notes[key] ?? null),
    setNote: (key, value) =>
      write((s) => {
        s.notes[key] = copy(value);
      }),
  };
  return { store, disk };
}
