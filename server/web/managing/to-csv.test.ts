import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { toCsv } from './to-csv.ts';

const read = (text: string): string[][] => parse(text, { bom: true, relax_column_count: true });

test('a spreadsheet reads back what was written, in any script, with commas, quotes and line breaks', () => {
  const rows = [
    ['№', 'Имя, фамилия', 'ღვინო "საფერავი"'],
    ['1', 'two\nlines', 'ليلى'],
  ];
  expect(read(toCsv(rows))).toEqual(rows);
});

test.each(['=1+1', '+995 555', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '\u200e=1', '|cmd', '%0A', '\n=1'])(
  'the text %j is no formula',
  (text) => {
    const cell = read(toCsv([['x', text]]))[0]?.[1];
    expect(cell).toBe(`'${text}`);
  },
);

test('numbers stay numbers, also negative ones; nothing is an empty cell', () => {
  expect(toCsv([[-1.5, null, 3]])).toBe('\ufeff-1.5,,3\r\n');
});
