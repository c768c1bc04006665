import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeStorage } from '#adapters/node-storage.ts';
import { anOrder } from '../support/an-order.ts';
import { startRealDisplay } from '../support/real-display.ts';

/**
 * A display with one order and no server, on a disk that is about to fail. Taps until a tap is refused. If a ballast file
 * filled the disk, deletes that file and taps once more. Prints one line of JSON.
 *
 * @param dir the data folder
 * @param ballast `ballast`: fill the disk first
 */
const [dir = '', ballast] = process.argv.slice(2);
const silent = { info() {}, warn() {}, error() {} };
/** More than the smallest test disk can hold. */
const MOST_TAPS = 5_000;

function prepare(): void {
  const storage = nodeStorage(dir, silent);
  const { store: queue } = storage.openQueue();
  const { store: cache } = storage.openCache();
  cache.put(anOrder({ id: 'order' }));
  cache.close();
  queue.close();
}

prepare();
const { display, screen, stop } = await startRealDisplay(null, dir);
const ballastFile = join(dir, 'ballast');
if (ballast) {
  try {
    for (let size = 1 << 20; size >= 512; size /= 2)
      for (let i = 0; i < 64; i++) writeFileSync(ballastFile, Buffer.alloc(size), { flag: 'a' });
  } catch {
    // The disk is full, as intended.
  }
}

let answered = 0;
async function tap(): Promise<string | null> {
  const intent = { type: 'set_priority' as const, payload: { priority: answered % 2 === 0 } };
  const answer = await screen.tap('order', intent);
  if (answer.ok) answered++;
  return answer.ok ? null : answer.error.code;
}
/** Waits for the next frame, which brings the screen's status. */
const reported = async () => {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return screen.status().troubles;
};

let refused: string | null = null;
for (let i = 0; i < MOST_TAPS && refused === null; i++) refused = await tap();
const atRefusal = { answered, refused, troubles: await reported() };
let after = null;
if (ballast) {
  rmSync(ballastFile);
  after = { refused: await tap(), troubles: await reported() };
}
await stop();
await display.close();
const { store } = nodeStorage(dir, silent).openQueue();
const kept = store.unsettled(null, 0).length;
store.close();
console.log(JSON.stringify({ atRefusal, after, answered, kept }));
