import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readHostOptions, UsageError } from './host-options.ts';

test('listens on this machine only, on port 4320, and has no server by default', () => {
  expect(readHostOptions([], {})).toEqual({
    serverUrl: null,
    token: null,
    dataDir: resolve('data/display'),
    port: 4320,
    host: '127.0.0.1',
    publicUrl: null,
    oneTimeKey: null,
  });
});

test('takes the arguments of the contract, section 1', () => {
  const args = [
    '--server',
    'http://10.0.0.5:4310/',
    '--token',
    't',
    '--data',
    '/tmp/d',
    '--port',
    '0',
    '--host',
    '0.0.0.0',
    '--public-url',
    'https://board.example/',
  ];
  expect(readHostOptions(args, {})).toEqual({
    serverUrl: 'http://10.0.0.5:4310',
    token: 't',
    dataDir: resolve('/tmp/d'),
    port: 0,
    host: '0.0.0.0',
    publicUrl: 'https://board.example',
    oneTimeKey: null,
  });
});

test('takes the token from --token, else from --token-file, else from TICKETRAIL_TOKEN', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'options-')), 'token');
  writeFileSync(file, 'from-file\n');
  const env = { TICKETRAIL_TOKEN: 'from-env' };
  const tokenOf = (...args: string[]) => {
    const options = readHostOptions(args, env);
    return options === 'help' ? null : options.token;
  };
  expect(tokenOf('--token', 'given', '--token-file', file)).toBe('given');
  expect(tokenOf('--token-file', file)).toBe('from-file');
  expect(tokenOf()).toBe('from-env');
});

test('returns help for --help, whatever else is given', () => {
  expect(readHostOptions(['--port', 'x', '--help'], {})).toBe('help');
});

test.each([
  [['--server', 'kitchen'], '--server must be an address such as http://127.0.0.1:4310, not "kitchen".'],
  [
    ['--server', 'http://kitchen:4310/till'],
    '--server must end after host and port, as in http://kitchen:4310, not "http://kitchen:4310/till".',
  ],
  [['--server', 'ftp://kitchen'], '--server must be an address such as http://127.0.0.1:4310, not "ftp://kitchen".'],
  [
    ['--public-url', 'https://board.example/kitchen'],
    '--public-url must be an address without a path, such as https://board.example, not "https://board.example/kitchen".',
  ],
  [['--port', '70000'], '--port must be a number up to 65535, not "70000".'],
  [['--port', '80a'], '--port must be a number up to 65535, not "80a".'],
  [['--token-file', '/nowhere/token'], '--token-file /nowhere/token cannot be read.'],
  [['--sever', 'x'], "Unknown option '--sever'. Try --help."],
])('%j gets one sentence', (args, sentence) => {
  expect(() => readHostOptions(args, {})).toThrow(new UsageError(sentence));
});
