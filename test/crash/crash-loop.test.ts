import { expect, it } from 'vitest';
import { runCrashLoop } from './crash-loop.ts';

// The same seed chooses the same targets on any machine; what they are doing when killed differs.
it('[C1] [C2] [S3] five kills under load lose and double nothing, and both ends agree', {
  timeout: 180_000,
}, async () => {
  const { violations, disturbances, record } = await runCrashLoop({ kills: 5, displays: 2, seed: 3 });
  expect(violations).toEqual([]);
  expect(new Set(disturbances.map((what) => what.split(' ')[0])).size).toBeGreaterThan(1);
  expect(record.orders.size).toBeGreaterThan(5);
  expect(record.taps.filter(({ commandId }) => commandId !== null).length).toBeGreaterThan(5);
});
