import { setTimeout as sleep } from 'node:timers/promises';

/** Begins so many at fixed times, whether the earlier ones are over or not. Resolves when all are. */
export async function atRate<T>(perSecond: number, count: number, one: (i: number) => Promise<T> | T): Promise<T[]> {
  const underWay: (Promise<T> | T)[] = [];
  const begin = performance.now();
  for (let i = 0; i < count; i++) {
    const wait = begin + (i * 1_000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    underWay.push(one(i));
  }
  return Promise.all(underWay);
}
