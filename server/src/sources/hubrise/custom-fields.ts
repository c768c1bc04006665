import { metaText } from '../mapping/when-and-where.ts';

/** What other programs keep for themselves. */
const NOT_FOR_PEOPLE = new Set(['epos', 'delivery']);
const MOST = 20;

/**
 * What programs added to an order, by HubRise's conventions and by their own.
 *
 * @returns the table, '' if there is none, and lines for the note
 */
export function customFields(fields: Record<string, unknown>): { table: string; rest: string[] } {
  const { table_name, ...others } = fieldsOf(fields.restaurant);
  const { restaurant: _, ...more } = fields;
  const shown = Object.entries(more).filter(([name]) => !NOT_FOR_PEOPLE.has(name));
  return {
    table: metaText(table_name),
    rest: [...linesOf('', others), ...linesOf('', Object.fromEntries(shown))].slice(0, MOST),
  };
}

/** `staff name: Michel` */
function linesOf(path: string, fields: Record<string, unknown>, depth = 0): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const label = [path, name].filter(Boolean).join(' ');
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return depth < 2 ? linesOf(label, fieldsOf(value), depth + 1) : [];
    const text = metaText(value);
    return text === '' || /(^|_)id$/.test(name) ? [] : [`${label}: ${text}`];
  });
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
