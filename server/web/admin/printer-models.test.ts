import { expect, test } from 'vitest';
import { addressOf, paperName, paperOf, papersFor } from './printer-models.ts';

test.each([
  ['192.168.1.50', '192.168.1.50:9100'],
  [' 192.168.1.50:9101 ', '192.168.1.50:9101'],
  ['printer.local', 'printer.local:9100'],
  ['', ''],
])('an address typed as %j is %j', (typed, address) => {
  expect(addressOf(typed)).toBe(address);
});

test('a printer with an unusual paper keeps it in the form', () => {
  const unusual = { columns: 48, dots: 512 } as const;
  expect(papersFor(null)).toHaveLength(3);
  expect(papersFor({ columns: 32, dots: 384 })).toHaveLength(3);
  expect(papersFor(unusual).at(-1)).toEqual({ name: '48/512', words: null });
  expect(paperOf(paperName(unusual))).toEqual(unusual);
});
