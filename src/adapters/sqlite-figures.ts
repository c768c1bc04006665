import type Database from 'better-sqlite3';
import { currencyField } from '#contract/currency-field.ts';
import type { CountedRow, FigureRow, FigureStore } from '#core/stores.ts';

/** In the order of the table's columns. */
const FIELDS = {
  orderId: 'order_id',
  createdAt: 'created_at',
  placedAt: 'placed_at',
  dueAt: 'due_at',
  status: 'status',
  statusSince: 'status_since',
  fulfilment: 'fulfilment',
  totalMinor: 'total_minor',
  startedAt: 'started_at',
  readyAt: 'ready_at',
  recalls: 'recalls',
} satisfies Record<keyof FigureRow, string>;

const columns = (totalMinor = FIELDS.totalMinor): string =>
  Object.entries({ ...FIELDS, totalMinor })
    .map(([field, column]) => `${column} AS ${field}`)
    .join(', ');
/** The total if the order is in the store's currency, else null. */
const COUNTED = 'CASE WHEN instr((SELECT body FROM orders WHERE id = order_id), :field) > 0 THEN total_minor END';
const VALUES = Object.keys(FIELDS)
  .map((field) => `:${field}`)
  .join(', ');

/** The figures' rows in an open database of `CACHE_MIGRATIONS`. They are small; only an order's currency is in its body. */
export function sqliteFigures(db: Database.Database, run: <T>(action: () => T) => T): FigureStore {
  const one = db.prepare<[string], FigureRow>(`SELECT ${columns()} FROM figure_rows WHERE order_id = ?`);
  const keep = db.prepare(
    `INSERT OR REPLACE INTO figure_rows (${Object.values(FIELDS).join(', ')}, checksum)
     VALUES (${VALUES}, row_checksum(${VALUES}))`,
  );
  const between = db.prepare<{ from: string; to: string; field: string }, CountedRow>(
    `SELECT ${columns(COUNTED)} FROM figure_rows WHERE created_at >= :from AND created_at < :to`,
  );
  return {
    figureRow: (orderId) => run(() => one.get(orderId)),
    keepFigureRow: (row) => run(() => void keep.run({ ...row })),
    figureRows: (from, to, currency) => run(() => between.all({ from, to, field: currencyField(currency) })),
  };
}
