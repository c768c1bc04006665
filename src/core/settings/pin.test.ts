import { beforeEach, expect, it } from 'vitest';
import { sha256 } from '#test/support/sha256.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { memoryQueue } from '../testing/memory-storage.ts';
import { createPin, type Pin } from './pin.ts';

let clock: FakeClock;
let queue: ReturnType<typeof memoryQueue>;
let pin: Pin;
const open = (): Pin =>
  createPin({
    store: queue.store,
    ports: { clock, uuid: () => 'salt', slowHash: async (secret, salt) => sha256(`${salt} ${secret}`) },
    onChange: () => {},
  });
const set = async (digits: string | null) => pin.set(await pin.prepare(digits));

beforeEach(() => {
  clock = createFakeClock(0);
  queue = memoryQueue();
  pin = open();
});

it('without a PIN nothing is locked', async () => {
  expect(pin.status()).toEqual({ set: false, unlocked: true });
  expect(await pin.unlock('0000')).toEqual({ unlocked: true, waitMs: 0 });
});

it('who sets it is in; after five idle minutes, and after a start, it is asked for', async () => {
  await set('2468');
  expect(pin.status()).toEqual({ set: true, unlocked: true });
  await clock.advance(4 * 60_000);
  pin.used();
  await clock.advance(4 * 60_000);
  expect(pin.status().unlocked).toBe(true);
  await clock.advance(60_000);
  expect(pin.status().unlocked).toBe(false);
  expect(await pin.unlock('2468')).toEqual({ unlocked: true, waitMs: 0 });
  pin = open();
  expect(pin.status()).toEqual({ set: true, unlocked: false });
});

it('each wrong one after the third makes the next wait longer, and nothing is tried meanwhile', async () => {
  await set('2468');
  pin.lock();
  const waits = [];
  for (const wrong of ['1', '2', '3', '4']) {
    const { waitMs } = await pin.unlock(wrong);
    waits.push(waitMs);
    if (waitMs > 0) expect(await pin.unlock('2468')).toEqual({ unlocked: false, waitMs });
    await clock.advance(waitMs);
  }
  expect(waits).toEqual([0, 0, 2_000, 4_000]);
  expect((await pin.unlock('2468')).unlocked).toBe(true);
});

it('of tries at the same time one is looked at', async () => {
  await set('2468');
  pin.lock();
  const tries = await Promise.all(['1111', '2468'].map((one) => pin.unlock(one)));
  expect(tries.map(({ unlocked }) => unlocked)).toEqual([false, false]);
});

it('is kept as a hash, not as digits, and can be taken away', async () => {
  await set('2468');
  expect(queue.disk.image()).not.toContain('2468');
  await set(null);
  expect(pin.status()).toEqual({ set: false, unlocked: true });
  expect(open().status().set).toBe(false);
});

it('a disk that does not take it leaves the old one in force', async () => {
  await set('2468');
  queue.disk.failWrites('full');
  await expect(set('1357')).rejects.toThrow();
  pin.lock();
  expect((await pin.unlock('2468')).unlocked).toBe(true);
});
