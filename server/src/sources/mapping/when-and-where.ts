import { localInstant } from './local-instant.ts';
import { plainText } from './plain-text.ts';

/** A field that a shop or its plugin added to an order. */
export interface Meta {
  key: string;
  value?: unknown;
}

/** In which meta fields a shop's plugin keeps what the shop has no field for. */
export interface MetaKeys {
  dueAt?: string | undefined;
  table?: string | undefined;
}

/** Of plugins for pickup and delivery times: one key with date and time, or one each. */
const DUE_KEYS = [
  'due_at',
  'pickup_time',
  'delivery_time',
  '_orddd_timestamp',
  '_orddd_lite_timestamp',
  'jckwds_timestamp',
  'Pickup-Time',
  'Delivery-Time',
];
const DATE_KEYS: Record<string, string> = {
  pickup_time: 'pickup_date',
  delivery_time: 'delivery_date',
  'Pickup-Time': 'Pickup-Date',
  'Delivery-Time': 'Delivery-Date',
};
const TABLE_KEYS = ['table', 'table_number', 'table_no', '_table_number'];

/** Time and table of an order; `used` are the keys that need not be in the note. */
export function whenAndWhere(meta: readonly Meta[], keys: MetaKeys, timeZone: string) {
  const used = new Set<string>();
  const valueAt = (key: string) => metaText(meta.find((one) => one.key === key)?.value);

  let dueAt: string | null = null;
  for (const key of keys.dueAt ? [keys.dueAt] : DUE_KEYS) {
    const value = valueAt(key);
    const dateKey = DATE_KEYS[key];
    const date = dateKey ? valueAt(dateKey) : '';
    dueAt = localInstant(value, timeZone) ?? (date && value ? localInstant(`${date} ${value}`, timeZone) : null);
    if (dueAt === null) continue;
    // A span, such as `12:30 - 13:00`, stays in the note too: the kitchen sees its end there.
    if (!/\d\s*[-–]\s*\d{1,2}:/.test(value)) used.add(key);
    break;
  }
  const tableKey = (keys.table ? [keys.table] : TABLE_KEYS).find((key) => valueAt(key) !== '');
  if (tableKey) used.add(tableKey);
  return { dueAt, table: tableKey ? valueAt(tableKey) : null, used };
}

/** A meta value as text; '': none. */
export function metaText(value: unknown): string {
  if (typeof value === 'string') return plainText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return '';
  return plainText(JSON.stringify(value) ?? '');
}
