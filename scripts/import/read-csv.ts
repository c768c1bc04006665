import { CsvError, parse } from 'csv-parse/sync';
import { isColumn, type OldRow, type OldRows } from './old-row.ts';

const DELIMITERS = [',', ';', '\t'];

/**
 * The rows of a CSV file with a heading. Its fields are separated by what the heading has most of: commas, semicolons or tabs.
 * A row whose `type` is `booking` is a booking.
 *
 * @throws with one sentence
 */
export function readCsv(text: string): OldRows {
  const [heading = [], ...records] = parseCsv(text, delimiterOf(text));
  const names = heading.map((name) => name.trim().toLowerCase());
  const missing = ['id', 'status'].filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`the heading has no column ${missing.join(' and no ')}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i && isColumn(name));
  if (twice) throw new Error(`the heading has the column ${twice} twice`);
  return {
    rows: records.map((fields) => rowOf(names, fields)),
    ignored: names.filter((name) => !isColumn(name)),
  };
}

function rowOf(names: readonly string[], fields: readonly string[]): OldRow {
  const values = Object.fromEntries(
    names.flatMap((name, i) => (isColumn(name) && fields[i] !== undefined ? [[name, fields[i]]] : [])),
  );
  const kind = /^booking$/i.test(values.type?.trim() ?? '') ? 'booking' : 'order';
  if (fields.length === names.length) return { kind, values };
  return { kind, values, fault: `the row has ${fields.length} fields, and the heading has ${names.length}` };
}

function parseCsv(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof CsvError) throw new Error(`it is no CSV: ${error.message}`, { cause: error });
    throw error;
  }
}

function delimiterOf(text: string): string {
  const [heading = ''] = text.split(/[\r\n]/, 1);
  const count = (delimiter: string) => heading.split(delimiter).length;
  return DELIMITERS.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}
