import { describe, expect, test } from 'vitest';
import type { Connection, ConnectionStore } from '#core/display.ts';
import { overrideConnection } from './override-connection.ts';

function storeOf(connection: Connection | null): ConnectionStore {
  let now = connection;
  return {
    read: async () => now,
    write: async (connection) => {
      now = connection;
    },
  };
}
const OLD = { serverUrl: 'http://kitchen:4310', token: 'old' };

describe('the connection at the start', () => {
  test.each([
    ['nothing given, nothing stored', { serverUrl: null, token: null }, null, null],
    ['nothing', { serverUrl: null, token: null }, OLD, OLD],
    ['both', { serverUrl: 'http://new', token: 'new' }, OLD, { serverUrl: 'http://new', token: 'new' }],
    ['only a token', { serverUrl: null, token: 'new' }, OLD, { serverUrl: OLD.serverUrl, token: 'new' }],
    [
      'the same server',
      { serverUrl: 'http://kitchen:4310/', token: null },
      OLD,
      { serverUrl: 'http://kitchen:4310/', token: 'old' },
    ],
    ['another server, which never gets the old token', { serverUrl: 'http://evil', token: null }, OLD, null],
    ['a server, nothing stored', { serverUrl: 'http://new', token: null }, null, null],
  ])('%s', async (_, given, old, expected) => {
    expect(await overrideConnection(storeOf(old), given).read()).toEqual(expected);
  });
});

test('stores a connection made on the screen, which wins from then on', async () => {
  const store = storeOf(OLD);
  const connection = overrideConnection(store, { serverUrl: 'http://given', token: 'given' });
  const paired = { serverUrl: 'http://paired', token: 'paired' };
  await connection.write(paired);
  expect(await connection.read()).toEqual(paired);
  expect(await store.read()).toEqual(paired);
});
