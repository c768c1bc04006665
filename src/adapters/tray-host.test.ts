import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { hasTrayHost, type RunTool, watchTrayHost } from './tray-host.ts';

/** Desktops that have only one of the tools; `says` null: it fails. */
const only =
  (tool: string, says: string | null): RunTool =>
  async (file) => {
    if (file !== tool) return null;
    if (says === null) throw new Error('The name org.kde.StatusNotifierWatcher was not provided');
    return says;
  };

test.each([
  ['gdbus', '(<true>,)\n', true],
  ['gdbus', '(<false>,)\n', false],
  ['gdbus', null, false],
  ['busctl', 'b true\n', true],
  ['busctl', 'b false\n', false],
  ['dbus-send', 'method return time=1 sender=:1.2\n   variant       boolean true\n', true],
  ['none', null, false],
])('%s says %j: %s', async (tool, says, there) => {
  expect(await hasTrayHost(only(tool, says))).toBe(there);
});

test('a session bus on which nobody watches has none', async ({ skip }) => {
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

test('a panel that starts late is told of, and one that is gone; nothing is told twice', async () => {
  vi.useFakeTimers();
  let there = false;
  const told: boolean[] = [];
  const stop = watchTrayHost(
    async () => there,
    (now) => told.push(now),
  );
  await vi.advanceTimersByTimeAsync(10_000);
  there = true;
  await vi.advanceTimersByTimeAsync(10_000);
  there = false;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(told).toEqual([false, true, false]);
  stop();
  there = true;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(told).toEqual([false, true, false]);
  vi.useRealTimers();
});
