import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { hasTrayHost, type RunTool, watchTrayHost } from './tray-host.ts';

/** A desktop that has only one of the tools; `prints` null: it fails. */
const only =
  (tool: string, prints: string | null): RunTool =>
  async (file) => {
    if (file !== tool) return null;
    if (prints === null) throw new Error('The name org.kde.StatusNotifierWatcher was not provided');
    return prints;
  };

test.each([
  ['gdbus', '(<true>,)\n', true],
  ['gdbus', '(<false>,)\n', false],
  ['gdbus', null, false],
  ['busctl', 'b true\n', true],
  ['busctl', 'b false\n', false],
  ['dbus-send', 'method return time=1 sender=:1.2\n   variant       boolean true\n', true],
  ['none', null, false],
])('%s prints %j: %s', async (tool, prints, there) => {
  expect(await hasTrayHost(only(tool, prints))).toBe(there);
});

test('returns false on a session bus without a watcher', async ({ skip }) => {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const failed = once(bus, 'error').then(() => null);
  const address = await Promise.race([failed, once(bus.stdout, 'data').then(([data]) => String(data).trim())]);
  if (address === null) return skip('there is no dbus-daemon here');
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address);
  try {
    expect(await hasTrayHost()).toBe(false);
  } finally {
    vi.unstubAllEnvs();
    bus.kill();
  }
});

test('reports a panel that starts late and one that goes, each once', async () => {
  vi.useFakeTimers();
  let there = false;
  const reports: boolean[] = [];
  const stop = watchTrayHost(
    async () => there,
    (now) => reports.push(now),
  );
  await vi.advanceTimersByTimeAsync(10_000);
  there = true;
  await vi.advanceTimersByTimeAsync(10_000);
  there = false;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(reports).toEqual([false, true, false]);
  stop();
  there = true;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(reports).toEqual([false, true, false]);
  vi.useRealTimers();
});
