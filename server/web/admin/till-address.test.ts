import { expect, test } from 'vitest';
import { isThisComputer, tillAddress } from './till-address.ts';

const address = (host: string | undefined, page: string) =>
  tillAddress({ port: 9100, ...(host === undefined ? {} : { host }) }, page, 'address of this server');

test('the address to which a till prints is the one that the source listens on', () => {
  expect(address('192.168.1.5', 'shop.example')).toBe('192.168.1.5:9100');
  expect(address('fd00::5', 'shop.example')).toBe('[fd00::5]:9100');
  expect(address(undefined, 'shop.example')).toBe('127.0.0.1:9100');
});

test('one that listens on all addresses is reached as this page is, unless that is the same computer', () => {
  expect(address('0.0.0.0', '192.168.1.5')).toBe('192.168.1.5:9100');
  expect(address('::', '[fd00::5]')).toBe('[fd00::5]:9100');
  expect(address('0.0.0.0', 'localhost')).toBe('address of this server:9100');
  expect(address('0.0.0.0', '[::1]')).toBe('address of this server:9100');
});

test('without an address only programs of the same computer can print', () => {
  for (const host of [undefined, 'localhost', '127.0.0.1', '::1']) expect(isThisComputer(host)).toBe(true);
  for (const host of ['0.0.0.0', '::', '192.168.1.5']) expect(isThisComputer(host)).toBe(false);
});
