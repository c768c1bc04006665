/** The columns of an older system's orders and bookings (contract, section 16). */
export const COLUMNS = [
  'id',
  'status',
  'created_at',
  'customer',
  'phone',
  'total',
  'currency',
  'items',
  'note',
  'type',
  'table',
  'covers',
  'date',
] as const;
export type Column = (typeof COLUMNS)[number];

/** A row of an older system, with values of any type. */
export interface OldRow {
  kind: 'order' | 'booking';
  values: Readonly<Partial<Record<Column, unknown>>>;
  /** Why the file's form makes the row unusable. */
  fault?: string;
}

export interface OldRows {
  rows: OldRow[];
  /** Columns that are not imported. */
  ignored: string[];
}

export const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name);

/** Rows from objects; names of fields that are no columns are collected. */
export function rowsOfObjects(kind: OldRow['kind'], objects: Iterable<object>, ignored: Set<string>): OldRow[] {
  return Array.from(objects, (object) => {
    const values: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(object)) {
      if (isColumn(name)) values[name] = value;
      else ignored.add(name);
    }
    return { kind, values };
  });
}
