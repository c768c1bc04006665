import { expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createFrame } from './frame.ts';

it('draws at once after a pause, then once for all requests within the interval', async () => {
  const clock = createFakeClock();
  const drawn: number[] = [];
  const start = clock.monotonic();
  const frame = createFrame(clock, 16, () => drawn.push(clock.monotonic() - start));
  frame.request();
  frame.request();
  await clock.advance(10);
  frame.request();
  await clock.advance(50);
  frame.request();
  expect(drawn).toEqual([0, 16, 60]);
  frame.request();
  frame.stop();
  await clock.advance(100);
  expect(drawn).toHaveLength(3);
});
