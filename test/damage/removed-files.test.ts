import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { nodeStorage } from '#adapters/node-storage.ts';
import { anOrder } from '../support/an-order.ts';
import { startRealDisplay } from '../support/real-display.ts';
import { until } from '../support/until.ts';

/** Somebody removes or replaces the files of a running display. Windows does not allow it. */

const silent = { info() {}, warn() {}, error() {} };

const CHANGES: Record<string, (dir: string) => void> = {
  'queue.db is removed': (dir) => rmSync(join(dir, 'queue.db')),
  'queue.db is replaced': (dir) => replace(join(dir, 'queue.db')),
  'the log of queue.db is removed': (dir) => rmSync(join(dir, 'queue.db-wal')),
  'cache.db is removed': (dir) => rmSync(join(dir, 'cache.db')),
};

it.skipIf(process.platform === 'win32')('a display reports that its files were removed or replaced', async () => {
  const reported = Object.entries(CHANGES).map(async ([what, change]) => {
    const { dir } = await withOrder();
    const { screen, remove } = await startRealDisplay(null, dir);
    onTestFinished(remove);
    expect(await screen.bump('order', 'pending', 'preparing')).toMatchObject({ ok: true });
    expect(screen.status().troubles).toEqual([]);
    change(dir);
    await until(what, () => screen.status().troubles.includes('files_removed'), 15_000, 10);
  });
  await Promise.all(reported);
});

it.skipIf(process.platform === 'win32')('[C1] refuses a tap that would go into a removed file', async () => {
  const { dir } = await withOrder();
  const display = await startRealDisplay(null, dir);
  onTestFinished(display.remove);
  rmSync(join(dir, 'queue.db'));
  expect(await display.screen.bump('order', 'pending', 'preparing')).toMatchObject({
    ok: false,
    error: { code: 'disk' },
  });
  expect(display.screen.ticket('order')).toMatchObject({ pending: false, order: { status: 'pending' } });
});

function replace(file: string): void {
  writeFileSync(`${file}.other`, 'another file');
  renameSync(`${file}.other`, file);
}

/** A data folder with one order. */
async function withOrder(): Promise<{ dir: string }> {
  const display = await startRealDisplay(null);
  await display.stop();
  const { store } = nodeStorage(display.dir, silent).openCache();
  store.put(anOrder({ id: 'order' }));
  store.close();
  return display;
}
