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
  seen.note('kitchen', '10:00', 7);
  const flushed = seen.flush();
  expect(seen.pending().get('kitchen')).toEqual({ at: '10:00', cursor: 7 });
  seen.note('kitchen', '10:01');
  expect(seen.pending().get('kitchen')).toEqual({ at: '10:01', cursor: 7 });
  writes[0]?.resolve();
  await flushed;
  expect(seen.pending().get('kitchen')).toEqual({ at: '10:01' });
});

it('keeps what could not be written, and what was noted since', async () => {
  const { writes, queue } = slowQueue();
  const seen = createSeenDevices(queue);
  seen.note('kitchen', '10:00', 7);
  seen.note('bar', '10:00', 3);
  const flushed = seen.flush();
  seen.note('kitchen', '10:01', null);
  writes[0]?.reject(new Error('the database is away'));
  await expect(flushed).rejects.toThrow(/away/);
  expect([...seen.pending()]).toEqual(
    expect.arrayContaining([
      ['kitchen', { at: '10:01', cursor: null }],
      ['bar', { at: '10:00', cursor: 3 }],
    ]),
  );
});
