/** A spreadsheet reads a cell that begins with one of these as a formula, which a customer's name or note must not be. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＋－＝＠|%]|^[\t\r\n]/u;

type Cell = string | number | null;

/** RFC 4180 with a byte order mark, by which spreadsheets know UTF-8. A text that looks like a formula gets a `'` before it. */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}
