import { expect, it } from 'vitest';
import { runCrashLoop } from './crash-loop.ts';

// The same seed here and anywhere chooses the same targets; what they are doing at that moment is the machine's own.
it('[C1] [C2] [S3] eight kills under load: nothing lost, nothing twice, all the same', {
  timeout: 180_000,
}, async () => {
  const { violations, kills, record } = await runCrashLoop({ kills: 8, displays: 2, seed: 3 });
  expect(violations).toEqual([]);
  expect(new Set(kills.map(({ name }) => name)).size).toBeGreaterThan(1);
  expect(record.orders.size).toBeGreaterThan(5);
  expect(record.taps.filter(({ commandId }) => commandId !== null).length).toBeGreaterThan(5);
});
