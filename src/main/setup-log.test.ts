import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import logger from 'electron-log/node';
import { expect, test } from 'vitest';
import { setupLog } from './setup-log.ts';

const TOKEN = 'tr_d_q3Zr-8_vB1xkT0mYw2LdNf6HsJ4uEaPc9oGiRe5KjQz';

function openLog() {
  const dir = mkdtempSync(join(tmpdir(), 'log-'));
  const log = setupLog(logger.create({ logId: dir }) as typeof logger, dir, true);
  return { log, logs: join(dir, 'logs') };
}

test('removes a token from every line, however it is logged', () => {
  const { log, logs } = openLog();
  log.info(`connected with ${TOKEN}`);
  log.warn('refused', { auth: { token: TOKEN }, headers: [`Bearer ${TOKEN}`] });
  log.error(new Error(`GET /?key=${TOKEN}`).stack ?? '', { error: new Error(TOKEN) });
  const written = readFileSync(join(logs, 'display.log'), 'utf8');
  expect(written.match(/\[(info|warn|error)\]/g)).toEqual(['[info]', '[warn]', '[error]']);
  expect(written).not.toContain(TOKEN.slice(5));
});

test('is readable by its owner only', () => {
  const { log, logs } = openLog();
  log.info('x');
  if (process.platform !== 'win32') expect(statSync(join(logs, 'display.log')).mode & 0o777).toBe(0o600);
});

test('keeps the last 10 MB, in five files', () => {
  const { log, logs } = openLog();
  for (let i = 0; i < 130; i++) log.warn(`${i} ${'complaint '.repeat(10_000)}`);
  expect(readdirSync(logs).sort()).toEqual([1, 2, 3, 4].map((age) => `display.${age}.log`).concat('display.log'));
  const bytes = readdirSync(logs).reduce((sum, name) => sum + statSync(join(logs, name)).size, 0);
  expect(bytes).toBeLessThan(5 * 2.2 * 1024 * 1024);
  expect(readFileSync(join(logs, 'display.log'), 'utf8')).toContain(' 129 complaint');
});

test('returns the last lines of earlier runs too', async () => {
  const { log, logs } = openLog();
  log.warn('before');
  const again = setupLog(logger.create({ logId: `${logs} again` }) as typeof logger, join(logs, '..'), true);
  again.warn('after');
  expect((await again.lastLines()).match(/before|after/g)).toEqual(['before', 'after']);
});
