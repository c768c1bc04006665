import { expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createMute } from './mute.ts';

function muting() {
  const clock = createFakeClock();
  let changes = 0;
  const mute = createMute({ clock, now: clock.monotonic, onChange: () => changes++ });
  return { clock, mute, changes: () => changes };
}

test('mutes the display for the given time, then rings again', async () => {
  const { clock, mute, changes } = muting();
  mute.mute(10);
  expect(mute.until()).toBe(clock.monotonic() + 600_000);
  await clock.advance(599_999);
  expect(mute.until()).not.toBeNull();
  await clock.advance(1);
  expect(mute.until()).toBeNull();
  expect(changes()).toBe(2);
});

test('follows the last call, and 0 unmutes at once', async () => {
  const { clock, mute } = muting();
  mute.mute(10);
  await clock.advance(300_000);
  mute.mute(10);
  await clock.advance(300_000);
  expect(mute.until()).not.toBeNull();
  mute.mute(0);
  expect(mute.until()).toBeNull();
});
