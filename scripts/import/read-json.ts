import { type OldRows, rowsOfObjects } from './old-row.ts';

/**
 * The rows of a JSON file `{orders, bookings}`.
 *
 * @throws with one sentence
 */
export function readJson(text: string): OldRows {
  const file = parseJson(text);
  if (!isObject(file)) throw new Error('it must be an object {"orders": […], "bookings": […]}');
  const unknown = Object.keys(file).find((name) => name !== 'orders' && name !== 'bookings');
  if (unknown !== undefined) throw new Error(`it must have orders and bookings only, and it has ${unknown}`);
  const ignored = new Set<string>();
  const orders = rowsOfObjects('order', listIn(file, 'orders'), ignored);
  const bookings = rowsOfObjects('booking', listIn(file, 'bookings'), ignored);
  return { rows: [...orders, ...bookings], ignored: [...ignored] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`it is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

function listIn(file: Record<string, unknown>, name: string): object[] {
  const list = file[name] ?? [];
  if (!Array.isArray(list) || !list.every(isObject)) throw new Error(`${name} must be a list of objects`);
  return list;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
