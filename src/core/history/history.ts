import type { FailedCommand } from '#contract/failed-command.ts';
import type {
  DisplayEvent,
  HistoryEntry,
  HistoryExport,
  HistoryPage,
  HistoryQuery,
  Path,
  PathFigures,
  SnapshotReason,
} from '#contract/history.ts';
import type { LinkCause, LinkState } from '#contract/link.ts';
import { DAY_MS } from '#contract/local-time.ts';
import type { Change, Snapshot } from '#contract/sync.ts';
import { intentOf } from '../queue/failed-command-of.ts';
import type { CommandRow, HistoryDraft, HistoryRow, HistoryStore, OrderStore } from '../stores.ts';
import { changesOfBatch, changesOfSnapshot } from './history-changes.ts';

/** How long entries are kept, ms, and how many at most: some 60 MB in a shop with 2,000 orders a day. */
const KEPT_MS = 14 * DAY_MS;
const MOST_ENTRIES = 200_000;
/** The most entries that one search, and one page of an export, reads: well under a frame. */
const LOOKED_AT = 10_000;
const EXPORTED = 2_000;
/** The most entries about one order. */
const OF_ORDER = 500;

export interface HistoryOptions {
  cache: OrderStore & HistoryStore;
  /** Server time, ms. */
  now(): number;
  orderNumber(orderId: string): string | null;
  /** Runs a write; a failure costs only the entry. */
  onDisk(run: () => void): void;
}

export type History = ReturnType<typeof createHistory>;

/** The event history. Call `changes` and `replaced` first in the transaction that applies them: they read the cache as it was. */
export function createHistory({ cache, now, orderNumber, onDisk }: HistoryOptions) {
  let link: LinkState = 'unknown';
  let hasBeenLive = false;

  const note = (entries: () => HistoryDraft[]): void => onDisk(() => cache.addHistory(entries().map(rowOf)));

  function about(row: CommandRow) {
    const { orderId, commandId } = row;
    const { type: intent, payload } = intentOf(row);
    return { orderId, orderNumber: orderNumber(orderId), commandId, intent, payload };
  }

  return {
    changes(changes: readonly Change[], path: Exclude<Path, 'snapshot'>): void {
      cache.addHistory(changesOfBatch(changes, path, cache, now()).map(rowOf));
    },
    replaced(snapshot: Snapshot, reason: SnapshotReason): void {
      const changes = reason === 'first' ? [] : changesOfSnapshot(snapshot, cache, now());
      const { length: orders } = snapshot.orders;
      const whole = { at: now(), kind: 'snapshot', reason, orders, changed: changes.length } as const;
      cache.addHistory([whole, ...changes].map(rowOf));
    },
    /** For another store: clears the history. */
    forget: (): void => cache.clearHistory(),

    /** Records a change of the link. `catching_up` counts as up, so short detours through it are not recorded. */
    link(state: LinkState, cause: LinkCause | null): void {
      if (state === link || state === 'catching_up' || state === 'unknown') return;
      const before = hasBeenLive ? link : 'unknown';
      link = state;
      hasBeenLive ||= state === 'live';
      note(() => [{ at: now(), kind: 'link', state, before, cause }]);
    },
    tapped: (rows: readonly CommandRow[]): void =>
      note(() => rows.map((row) => ({ at: now(), kind: 'tap', ...about(row) }))),
    answered(rows: readonly CommandRow[], failed: readonly FailedCommand[]): void {
      if (!rows.length) return;
      note(() =>
        rows.flatMap((row) => {
          const { outcome } = row.answer ?? {};
          const { code = null, message = null } = failed.find(({ id }) => id === row.commandId) ?? {};
          const tappedAt = Date.parse(row.issuedAt);
          return outcome ? [{ at: now(), kind: 'answer', ...about(row), tappedAt, outcome, code, message }] : [];
        }),
      );
    },
    preparedAfterCancel({ orderId, orderNumber: number, commandType, payload, issuedAt, order }: FailedCommand): void {
      const cancelledAt = order ? Date.parse(order.statusSince) : now();
      const tap = { orderId, orderNumber: number, intent: commandType, payload };
      note(() => [{ at: now(), kind: 'prepared_after_cancel', ...tap, tappedAt: issuedAt, cancelledAt }]);
    },
    display: (what: DisplayEvent, count: number | null = null): void =>
      note(() => [{ at: now(), kind: 'display', what, count }]),

    page({ search, kinds, before, limit }: HistoryQuery): HistoryPage {
      const words = search?.trim().toLowerCase() || null;
      return cache.history({ before: before ?? null, kinds: kinds ?? null, words, limit, most: LOOKED_AT });
    },
    /** The last entries about one order, oldest first. */
    ofOrder: (orderId: string): HistoryEntry[] => cache.historyOf(orderId, OF_ORDER).reverse(),
    figures: (): PathFigures => cache.historyFigures(),
    export(before: number | null): HistoryExport {
      const look = { before, kinds: null, words: null, limit: EXPORTED, most: EXPORTED };
      const { entries, nextBefore } = cache.history(look);
      const lines = entries.map((entry) => `${JSON.stringify({ ...entry, at: new Date(entry.at).toISOString() })}\n`);
      return { lines: lines.join(''), nextBefore };
    },
    prune: (): void => cache.pruneHistory(now() - KEPT_MS, MOST_ENTRIES),
  };
}

/** An entry and its search text: numbers, names, reasons and the contract's terms. */
function rowOf(entry: HistoryDraft): HistoryRow {
  return { entry, words: wordsOf(entry).filter(Boolean).join(' ').toLowerCase() };
}

function wordsOf(entry: HistoryDraft): (string | null)[] {
  switch (entry.kind) {
    case 'change':
      return [entry.orderNumber, entry.orderId, entry.by?.name ?? null, entry.reason, entry.status, entry.type];
    case 'tap':
    case 'prepared_after_cancel':
      return [entry.orderNumber, entry.orderId, entry.intent, ...Object.values(entry.payload).map(String)];
    case 'answer':
      return [entry.orderNumber, entry.orderId, entry.intent, entry.outcome, entry.code, entry.message];
    case 'link':
      return [entry.state, entry.cause];
    case 'snapshot':
      return [entry.reason];
    case 'display':
      return [entry.what];
  }
}
