import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type Child, type End, supervise } from './supervise.ts';

const withParent = pathToFileURL(join(import.meta.dirname, 'end-with-parent.ts')).href;

/** Runs a line of JavaScript as a child; `again`: how often to restart it. */
function run(code: string, again = 0) {
  const lines: string[] = [];
  const ends: End[] = [];
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const { promise: spoken, resolve: spoke } = Promise.withResolvers<void>();
  const logFile = join(mkdtempSync(join(tmpdir(), 'supervise-')), 'logs', 'child.log');
  const child: Child = {
    command: process.execPath,
    args: ['--import', withParent, '-e', code],
    cwd: import.meta.dirname,
    env: process.env,
    logFile,
    onLine: (line) => {
      lines.push(line);
      spoke();
    },
    onEnd(end) {
      ends.push(end);
      if (ends.length > again) resolve();
      return ends.length <= again;
    },
  };
  return { lines, ends, over, spoken, logFile, supervised: supervise(child) };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('restarts a crashed child and keeps its output', async () => {
  const { lines, ends, over, logFile, supervised } = run(
    "console.log('up'); console.error('oh no'); process.exit(3)",
    1,
  );
  await over;
  await supervised.stop();
  expect(ends).toEqual([
    { code: 3, last: 'oh no' },
    { code: 3, last: 'oh no' },
  ]);
  expect(lines.filter((line) => line === 'up')).toHaveLength(2);
  expect(readFileSync(logFile, 'utf8').match(/up/g)).toHaveLength(2);
});

test('tells a child that it is supervised', async () => {
  const { lines, over, supervised } = run('console.log(process.env.TICKETRAIL_SUPERVISED)');
  await over;
  await supervised.stop();
  expect(lines).toEqual(['1']);
});

test('stop() waits for an orderly exit and starts nothing again', async () => {
  const { lines, ends, spoken, supervised } = run(
    "process.on('SIGTERM', () => setTimeout(() => { console.log('closed'); process.exit(0) }, 100)); console.log('up'); setInterval(() => {}, 1000)",
    9,
  );
  await spoken;
  await supervised.stop();
  await supervised.stop();
  expect(lines).toEqual(['up', 'closed']);
  expect(ends).toEqual([]);
});

test('reports a program that does not exist as an end', async () => {
  const { promise, resolve } = Promise.withResolvers<End>();
  const supervised = supervise({
    command: '/nowhere/electron',
    args: [],
    cwd: import.meta.dirname,
    env: process.env,
    logFile: join(mkdtempSync(join(tmpdir(), 'supervise-')), 'child.log'),
    onEnd(end) {
      resolve(end);
      return false;
    },
  });
  expect((await promise).last).toContain('ENOENT');
  await supervised.stop();
});

test('a child ends when its parent is killed', async () => {
  const grandchild = `const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['--import', ${JSON.stringify(withParent)}, '-e', 'setInterval(() => {}, 1000)'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    console.log(child.pid); process.kill(process.pid, 'SIGKILL')`;
  const { lines, over, supervised } = run(grandchild);
  await over;
  await supervised.stop();
  await expect.poll(() => isAlive(Number(lines[0])), { timeout: 10_000 }).toBe(false);
});
