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

it('locks nothing without a PIN', async () => {
  expect(pin.status()).toEqual({ set: false, unlocked: true });
  expect(await pin.unlock('0000')).toEqual({ unlocked: true, waitMs: 0 });
});

it('unlocks when the PIN is set, and locks after five idle minutes and after a restart', async () => {
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

it('delays each try after the third wrong one, and rejects tries meanwhile', async () => {
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

it('counts wrong tries over restarts: after one, the wait begins again', async () => {
  await set('2468');
  for (const wrong of ['1', '2', '3']) {
    pin = open();
    await pin.unlock(wrong);
  }
  await clock.advance(1_000);
  pin = open();
  expect(await pin.unlock('2468')).toEqual({ unlocked: false, waitMs: 2_000 });
  await clock.advance(2_000);
  expect((await pin.unlock('2468')).unlocked).toBe(true);
  pin = open();
  expect((await pin.unlock('2468')).unlocked).toBe(true);
});

it('counts a try before it checks it, so that a kill in between does not give it back', async () => {
  await set('2468');
  pin.lock();
  for (const wrong of ['1', '2', '3']) {
    pin = open();
    void pin.unlock(wrong);
  }
  pin = open();
  expect(await pin.unlock('2468')).toEqual({ unlocked: false, waitMs: 2_000 });
});

it('checks only one of several simultaneous tries', async () => {
  await set('2468');
  pin.lock();
  const tries = await Promise.all(['1111', '2468'].map((one) => pin.unlock(one)));
  expect(tries.map(({ unlocked }) => unlocked)).toEqual([false, false]);
});

it('stores a hash, not digits, and can be removed', async () => {
  await set('2468');
  expect(queue.disk.image()).not.toContain('2468');
  await set(null);
  expect(pin.status()).toEqual({ set: false, unlocked: true });
  expect(open().status().set).toBe(false);
});

it('keeps the old PIN when the disk cannot be written', async () => {
  await set('2468');
  queue.disk.failWrites('full');
  await expect(set('1357')).rejects.toThrow();
  pin.lock();
  expect((await pin.unlock('2468')).unlocked).toBe(true);
});
