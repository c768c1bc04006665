import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readHostOptions } from '#node-host/host-options.ts';

const ROOT = join(import.meta.dirname, '../..');
const UNITS = ['ticketrail.service', 'ticketrail-display@.service'].map((name) => join(ROOT, 'deploy', name));
/** systemd 250 and newer judge a file without a running systemd. */
const canJudge = spawnSync('systemd-analyze', ['security', '--help'], { encoding: 'utf8' }).stdout?.includes(
  '--offline',
);

/** What a unit starts: the program of Node, the file, and its arguments. */
function commandOf(unit: string): string[] {
  const [, command = ''] = /^ExecStart=\/opt\/ticketrail\/(.+)$/m.exec(readFileSync(unit, 'utf8')) ?? [];
  return command.split(' ');
}

it.each(UNITS)('%s starts files that are there', (unit) => {
  const [node = '', main = ''] = commandOf(unit);
  expect(existsSync(join(ROOT, node)) || process.platform === 'win32').toBe(true);
  expect(existsSync(join(ROOT, main))).toBe(true);
});

it('the screen gets arguments that it has', () => {
  const [, , ...args] = commandOf(UNITS[1] ?? '');
  const values: Record<string, string> = { HOST: '0.0.0.0', PORT: '4320', '%i': 'kitchen' };
  const given = args.map((arg) => arg.replace(/\$\{([A-Z]+)\}|%i/, (all, name = all) => values[name] ?? all));
  expect(readHostOptions(given, {})).toMatchObject({
    host: '0.0.0.0',
    port: 4320,
    dataDir: '/var/lib/ticketrail-display/kitchen',
  });
});

it.skipIf(!canJudge).each(UNITS)('systemd rates the exposure of %s under 2 of 10', (unit) => {
  const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', unit], {
    encoding: 'utf8',
  });
  const [, score] = /Overall exposure level[^:]*: ([\d.]+)/.exec(stdout) ?? [];
  expect(score).toBeDefined();
  expect(Number(score)).toBeLessThan(2);
});
