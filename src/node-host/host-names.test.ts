import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { createHostCheck } from './host-names.ts';

describe('a Host header', () => {
  const loopback = createHostCheck('127.0.0.1');
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
    const named = createHostCheck('Kitchen.lan');
    expect(named('kitchen.lan:4320')).toBe(true);
    expect(named('localhost:4320')).toBe(true);
    expect(named('other.lan')).toBe(false);
  });

  test('with a wildcard --host, accepts IP addresses and this machine’s name only', () => {
    const everywhere = createHostCheck('0.0.0.0');
    for (const host of ['192.168.1.5:4320', '[fe80::1]:4320', hostname(), `${hostname()}.local:4320`])
      expect(everywhere(host)).toBe(true);
    expect(everywhere('evil.example')).toBe(false);
  });
});
