import { expect, it } from 'vitest';
import { createOnePerTurn } from './one-per-turn.ts';

it('gives each its own turn of the event loop, in order of arrival', async () => {
  const turn = createOnePerTurn();
  const seen: string[] = [];
  let turns = 0;
  const counting = setInterval(() => {}, 1_000);
  const count = () => {
    turns++;
    if (seen.length < 3) setImmediate(count);
  };
  setImmediate(count);
  const all = ['a', 'b', 'c'].map((name) => turn().then(() => seen.push(`${name}${turns}`)));
  await Promise.all(all);
  clearInterval(counting);
  expect(seen.map((one) => one[0])).toEqual(['a', 'b', 'c']);
  expect(new Set(seen.map((one) => one[1])).size).toBe(3);
  await turn();
});
