import type Database from 'better-sqlite3';
import type { FigureRow, FigureStore } from '#core/stores.ts';

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

const COLUMNS = Object.entries(FIELDS)
  .map(([field, column]) => `${column} AS ${field}`)
  .join(', ');
const VALUES = Object.keys(FIELDS)
  .map((field) => `:${field}`)
  .join(', ');

/** The figures' rows in an open database of `CACHE_MIGRATIONS`. They are small, so that a week is summed up within a frame. */
export function sqliteFigures(db: Database.Database, run: <T>(action: () => T) => T): FigureStore {
  const one = db.prepare<[string], FigureRow>(`SELECT ${COLUMNS} FROM figure_rows WHERE order_id = ?`);
  const keep = db.prepare(
    `INSERT OR REPLACE INTO figure_rows (${Object.values(FIELDS).join(', ')}, checksum)
     VALUES (${VALUES}, row_checksum(${VALUES}))`,
  );
  const between = db.prepare<[string, string], FigureRow>(
    `SELECT ${COLUMNS} FROM figure_rows WHERE created_at >= ? AND created_at < ?`,
  );
  return {
    figureRow: (orderId) => run(() => one.get(orderId)),
    keepFigureRow: (row) => run(() => void keep.run({ ...row })),
    figureRows: (from, to) => run(() => between.all(from, to)),
  };
}
