import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOldRows } from './read-old-rows.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-import-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
function readFile(name: string, content: string | Uint8Array) {
  const file = join(dir, name);
  writeFileSync(file, content);
  return readOldRows(file);
}

describe('a CSV file', () => {
  it('may have a byte order mark, semicolons, quotes and line ends within quotes', () => {
    const { rows, ignored } = readFile(
      'a.csv',
      '\uFEFFid;Status;email;note\r\n1;new;a@b.c;"ring; ""twice""\r\nthen wait"\r\n\r\n2;lost;;\r\n',
    );
    expect(rows).toEqual([
      { kind: 'order', values: { id: '1', status: 'new', note: 'ring; "twice"\r\nthen wait' } },
      { kind: 'order', values: { id: '2', status: 'lost', note: '' } },
    ]);
    expect(ignored).toEqual(['email']);
  });

  it('may have tabs, and bookings among its orders', () => {
    expect(readFile('b.csv', 'id\tstatus\ttype\n1\tnew\tpickup\n2\tnew\tBooking\n').rows).toMatchObject([
      { kind: 'order' },
      { kind: 'booking' },
    ]);
  });

  it('says of a row with a wrong number of fields which it has, and reads on', () => {
    expect(readFile('c.csv', 'id,status,note\n1,new\n2,new,x\n').rows).toMatchObject([
      { values: { id: '1' }, fault: 'the row has 2 fields, and the heading has 3' },
      { values: { id: '2', note: 'x' } },
    ]);
  });

  it.each([
    ['', 'the heading has no column id and no status'],
    ['number,status\n1,new\n', 'the heading has no column id'],
    ['id,status,id\n1,new,2\n', 'the heading has the column id twice'],
    ['id,status\n1,"new\n', 'it is no CSV'],
  ])('is refused if it is %j', (content, why) => {
    expect(() => readFile('d.csv', content)).toThrow(why);
  });

  it('is refused if it is not in UTF-8, so that no name is spoilt', () => {
    expect(() => readFile('e.csv', new Uint8Array([0x69, 0x64, 0xe9]))).toThrow('it is not in UTF-8');
  });
});

describe('a JSON file', () => {
  it('has orders and bookings', () => {
    const { rows, ignored } = readFile('a.json', '{"orders": [{"id": 1, "extra": 1}], "bookings": [{"id": "b"}]}');
    expect(rows).toEqual([
      { kind: 'order', values: { id: 1 } },
      { kind: 'booking', values: { id: 'b' } },
    ]);
    expect(ignored).toEqual(['extra']);
  });

  it.each([
    ['{', 'it is no JSON'],
    ['[]', 'it must be an object'],
    ['{"orders": {}}', 'orders must be a list of objects'],
    ['{"order": []}', 'it must have orders and bookings only, and it has order'],
  ])('is refused if it is %s', (content, why) => {
    expect(() => readFile('b.json', content)).toThrow(why);
  });
});

describe('a SQLite database', () => {
  it('is read from its tables orders and bookings, with all digits of its numbers, and not changed', () => {
    const file = join(dir, 'old.db');
    const db = new Sqlite(file);
    db.exec(`create table orders (id integer, status text, total real, "table" text, secret text);
      create table bookings (id integer, status text, date text);
      insert into orders values (9007199254740993, 'new', 29.5, '7', 's');
      insert into bookings values (1, 'confirmed', '2026-12-24 20:00')`);
    db.close();
    expect(readOldRows(file)).toEqual({
      rows: [
        { kind: 'order', values: { id: 9007199254740993n, status: 'new', total: 29.5, table: '7' } },
        { kind: 'booking', values: { id: 1n, status: 'confirmed', date: '2026-12-24 20:00' } },
      ],
      ignored: ['secret'],
    });
  });

  it('is refused if it has neither table', () => {
    const file = join(dir, 'other.db');
    new Sqlite(file).exec('create table menu (id integer)').close();
    expect(() => readOldRows(file)).toThrow('it has neither a table orders nor a table bookings');
  });
});

it('a file with another ending is refused', () => {
  expect(() => readFile('a.xlsx', 'x')).toThrow('its name must end with .json, .csv or .db');
});
