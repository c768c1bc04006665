import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const UNIT = join(ROOT, 'deploy/ticketrail.service');
/** systemd 250 and newer judge a file without a running systemd. */
const canJudge = spawnSync('systemd-analyze', ['security', '--help'], { encoding: 'utf8' }).stdout?.includes(
  '--offline',
);

it('the service of systemd starts files that are there', () => {
  const [, command = ''] = /^ExecStart=\/opt\/ticketrail\/(.+)$/m.exec(readFileSync(UNIT, 'utf8')) ?? [];
  const [node = '', main = '', ...more] = command.split(' ');
  expect(more).toEqual([]);
  expect(existsSync(join(ROOT, node)) || process.platform === 'win32').toBe(true);
  expect(existsSync(join(ROOT, main))).toBe(true);
});

it.skipIf(!canJudge)('systemd rates the exposure of the service under 2 of 10', () => {
  const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', UNIT], {
    encoding: 'utf8',
  });
  const [, score] = /Overall exposure level[^:]*: ([\d.]+)/.exec(stdout) ?? [];
  expect(score).toBeDefined();
  expect(Number(score)).toBeLessThan(2);
});
