import type { TicketLine } from './ticket-lines.ts';

/** Splits a line into rows of at most `columns` characters; long words are cut. Rows after the first stand below its text. */
export function wrapAscii({ lead = '', text }: Pick<TicketLine, 'lead' | 'text'>, columns: number): string[] {
  const indent = lead === '' ? 0 : lead.length + 1;
  const room = columns - indent;
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (row !== '' && row.length + 1 + rest.length <= room) {
      row += ` ${rest}`;
      continue;
    }
    if (row !== '') rows.push(row);
    for (; rest.length > room; rest = rest.slice(room)) rows.push(rest.slice(0, room));
    row = rest;
  }
  rows.push(row);
  return rows.map((each, i) => (i === 0 && lead !== '' ? `${lead} ` : ' '.repeat(indent)) + each);
}
