import { expect, it } from 'vitest';
import type { WriteQueue } from '../database/write-queue.ts';
import { createSeenDevices } from './seen-devices.ts';

/** A queue whose write ends when the test says so. */
function slowQueue() {
  const writes: { resolve(): void; reject(error: Error): void }[] = [];
  const write = () => new Promise<void>((resolve, reject) => writes.push({ resolve, reject }));
  return { writes, queue: { write } as unknown as WriteQueue };
}

it('shows what was noted until that is written, also while it is being written', async () => {
  const { writes, queue } = slowQueue();
  const seen = createSeenDevices(queue);
  seen.note('kitchen', 1_000, 7);
  const flushed = seen.flush();
  expect(seen.pending().get('kitchen')).toEqual({ at: 1_000, cursor: 7 });
  seen.note('kitchen', 2_000);
  expect(seen.pending().get('kitchen')).toEqual({ at: 2_000, cursor: 7 });
  writes[0]?.resolve();
  await flushed;
  expect(seen.pending().get('kitchen')).toEqual({ at: 2_000 });
});

it('keeps what could not be written, and what was noted since', async () => {
  const { writes, queue } = slowQueue();
  const seen = createSeenDevices(queue);
  seen.note('kitchen', 1_000, 7);
  seen.note('bar', 1_000, 3);
  const flushed = seen.flush();
  seen.note('kitchen', 2_000, null);
  writes[0]?.reject(new Error('the database is away'));
  await expect(flushed).rejects.toThrow(/away/);
  expect([...seen.pending()]).toEqual(
    expect.arrayContaining([
      ['kitchen', { at: 2_000, cursor: null }],
      ['bar', { at: 1_000, cursor: 3 }],
    ]),
  );
});
