import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeStore, type RunningServer, runServer } from '#test/damage/run-server.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startRealDisplay } from '#test/support/real-display.ts';
import { until } from '#test/support/until.ts';

/**
 * A sample of the matrix with a real server process, whose clock libfaketime sets (Debian's package faketime):
 * `CLOCKS=1 npm exec -- vitest run test/clocks`.
 */

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** What makes a process load the library that replaces its clock; null: it is not installed. */
function fakeTime(): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return execFileSync('faketime', ['now', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
const library = process.env.CLOCKS ? fakeTime() : null;

describe.skipIf(library === null)('[C4, S7] a server whose clock is set while it runs, and between two runs', () => {
  it.each([
    ['an hour ahead', HOUR],
    ['13 hours back', -13 * HOUR],
    ['13 hours ahead', 13 * HOUR],
    ['a day back', -DAY],
    ['a year ahead', 365 * DAY],
  ])(
    '%s: every order is shown and every tap done',
    async (_, seconds) => {
      const dir = mkdtempSync(join(tmpdir(), 'ticketrail-clocks-'));
      onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
      const stamp = join(dir, 'faketime');
      const setClock = (by: number) => writeFileSync(stamp, `${by < 0 ? '' : '+'}${by}\n`);
      setClock(0);
      const env = {
        LD_PRELOAD: library ?? '',
        FAKETIME_TIMESTAMP_FILE: stamp,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      };
      let server = runServer(join(dir, 'server.db'), { env });
      onTestFinished(() => server.stop('SIGKILL'));
      const api = await server.api();
      const { kitchen } = await makeStore(api);
      const serverUrl = await server.listening();
      const display = await startRealDisplay({ serverUrl, token: kitchen.token });
      onTestFinished(() => display.remove());
      const { screen } = display;

      const place = async (running: RunningServer): Promise<string> => {
        const ask = await running.api();
        const { status, json } = await ask('POST', '/orders', { body: { ...orderDraft(), storeId: 'main' } });
        expect(status).toBe(201);
        return json.id;
      };
      const isDone = async (running: RunningServer, id: string): Promise<boolean> =>
        (await (await running.api())('GET', `/orders/${id}`)).json.priority === true;
      const tap = async (running: RunningServer, id: string): Promise<void> => {
        await until('the order is shown', () => screen.tickets().some(({ order }) => order.id === id), 20_000);
        await screen.tap(id, { type: 'set_priority', payload: { priority: true } });
        await until('the tap is done', () => isDone(running, id), 60_000);
      };

      /** How far ahead the display takes the server's clock to be, s. */
      const wrongBy = () => (screen.status().serverNow - Date.now()) / 1_000;

      const first = await place(server);
      await until('the order is shown', () => screen.tickets().length === 1, 20_000);
      setClock(seconds);
      const year = new Date(Date.now() + seconds * 1_000).getUTCFullYear();
      const meanwhile = await place(server);
      const placed = await (await server.api())('GET', `/orders/${meanwhile}`);
      expect(new Date(placed.json.placedAt).getUTCFullYear()).toBe(year);
      // Until the next beat, a display cannot know that the clock was set.
      if (seconds > 0) await until('the display knows', () => Math.abs(wrongBy() - seconds) < 60, 20_000);
      await tap(server, meanwhile);
      await server.stop();
      setClock(0);
      const port = Number(new URL(serverUrl).port);
      await screen.tap(first, { type: 'set_priority', payload: { priority: true } });
      server = runServer(join(dir, 'server.db'), { env, port });
      await until('the tap that waited is done', () => isDone(server, first), 60_000);
      const last = await place(server);
      await tap(server, last);
      expect(
        screen
          .tickets()
          .map(({ order }) => order.id)
          .sort(),
      ).toEqual([first, meanwhile, last].sort());
      expect(screen.status().failedCommands).toEqual([]);
    },
    180_000,
  );
});
