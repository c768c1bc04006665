import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { createHostNames } from './host-names.ts';

describe('a Host header', () => {
  const { isOwnHost: loopback } = createHostNames('127.0.0.1');
  test.each(['127.0.0.1:4320', 'localhost:4320', 'LOCALHOST', '[::1]:4320', '127.0.0.5'])(
    '%s is this machine',
    (host) => {
      expect(loopback(host)).toBe(true);
    },
  );
  test.each([
    undefined,
    '',
    'evil.example',
    'evil.example:4320',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example/127.0.0.1',
    'user@localhost',
    '192.168.1.5:4320',
    'local host',
  ])('%s is foreign on loopback', (host) => {
    expect(loopback(host)).toBe(false);
  });

  test('accepts the name given by --host', () => {
    const { isOwnHost: named } = createHostNames('Kitchen.lan');
    expect(named('kitchen.lan:4320')).toBe(true);
    expect(named('localhost:4320')).toBe(true);
    expect(named('other.lan')).toBe(false);
  });

  test('with a wildcard --host, accepts IP addresses and this machine’s name only', () => {
    const { isOwnHost: everywhere } = createHostNames('0.0.0.0');
    for (const host of ['192.168.1.5:4320', '[fe80::1]:4320', hostname(), `${hostname()}.local:4320`])
      expect(everywhere(host)).toBe(true);
    expect(everywhere('evil.example')).toBe(false);
  });
});

test('the address of a proxy is its own, with its own origin and secure cookies', () => {
  const names = createHostNames('127.0.0.1', 'https://board.example');
  expect(names.isOwnHost('Board.example')).toBe(true);
  expect(names.isOwnOrigin('https://board.example', 'board.example')).toBe(true);
  expect(names.isOwnOrigin('http://board.example', 'board.example')).toBe(false);
  expect(names.isOwnOrigin('https://evil.example', 'board.example')).toBe(false);
  expect(names.isSecure('board.example')).toBe(true);
  expect(names.isOwnOrigin('http://localhost:4320', 'localhost:4320')).toBe(true);
  expect(names.isSecure('localhost:4320')).toBe(false);
  expect(names.isOwnHost('other.example')).toBe(false);
});
