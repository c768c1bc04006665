import { expect, test } from 'vitest';
import { nextFrame, type Painted } from './next-frame.ts';

/** A page whose frames and timers the test runs. */
function aPage({ hidden = false } = {}) {
  const frames = new Map<number, () => void>();
  const timers = new Map<number, () => void>();
  let id = 0;
  const page = {
    document: { hidden },
    requestAnimationFrame: (run: () => void) => frames.set(++id, run) && id,
    cancelAnimationFrame: (one: number) => frames.delete(one),
    setTimeout: (run: () => void) => timers.set(++id, run) && id,
    clearTimeout: (one: number) => timers.delete(one),
  } as unknown as Painted;
  const runAll = (waiting: Map<number, () => void>) => {
    for (const run of [...waiting.values()]) run();
  };
  return { page, frames, timers, paint: () => runAll(frames), wait: () => runAll(timers) };
}

test('runs once, with the next frame', () => {
  const { page, paint, frames, timers } = aPage();
  let runs = 0;
  nextFrame(page, () => runs++);
  expect(runs).toBe(0);
  paint();
  expect(runs).toBe(1);
  expect([frames.size, timers.size]).toEqual([0, 0]);
});

test('[A1] runs without frames: soon in a page that is not painted, at once in a hidden one', async () => {
  const covered = aPage();
  let runs = 0;
  nextFrame(covered.page, () => runs++);
  covered.wait();
  expect(runs).toBe(1);
  expect(covered.frames.size).toBe(0);

  nextFrame(aPage({ hidden: true }).page, () => runs++);
  await Promise.resolve();
  expect(runs).toBe(2);
});

test('does not run after it is undone', async () => {
  let runs = 0;
  const shown = aPage();
  nextFrame(shown.page, () => runs++)();
  shown.paint();
  shown.wait();
  nextFrame(aPage({ hidden: true }).page, () => runs++)();
  await Promise.resolve();
  expect(runs).toBe(0);
});
