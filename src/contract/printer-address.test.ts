import { expect, it } from 'vitest';
import { readPrinterAddress } from './printer-address.ts';

it.each([
  ['192.168.1.50', '192.168.1.50:9100'],
  [' printer.local ', 'printer.local:9100'],
  ['192.168.1.50:9101', '192.168.1.50:9101'],
  ['[fe80::1]', '[fe80::1]:9100'],
])('reads %s as %s', (typed, address) => {
  expect(readPrinterAddress(typed)).toBe(address);
});

it.each(['', ' ', '192.168.1.50:', '192.168.1.50:0', '192.168.1.50:99999', 'http://printer', 'a b', 'user@host'])(
  'refuses %j',
  (typed) => {
    expect(readPrinterAddress(typed)).toBeNull();
  },
);
