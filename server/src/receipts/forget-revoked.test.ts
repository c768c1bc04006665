import { expect, it } from 'vitest';
import { createForgetRevoked } from './forget-revoked.ts';

/** Displays `a` and `b`, of which the database says when it is there which are revoked. */
function setUp() {
  const database = { isAway: false, revoked: ['a'] };
  const forgotten: string[] = [];
  let looks = 0;
  const { name, look } = createForgetRevoked({
    async revoked(ids) {
      looks += 1;
      if (database.isAway) throw new Error('away');
      return ids.filter((id) => database.revoked.includes(id));
    },
    forget: (id) => forgotten.push(id),
  });
  return { database, forgotten, name, look, looks: () => looks };
}

it('forgets a revoked display once the database is there again, and no valid one', async () => {
  const { database, forgotten, name, look } = setUp();
  database.isAway = true;
  name('a');
  name('b');
  for (let i = 0; i < 10; i++) await expect(look()).rejects.toThrow('away');
  database.isAway = false;
  await look();
  expect(forgotten).toEqual(['a']);
});

it('forgets a display whose revocation is stored shortly after the hint', async () => {
  const { database, forgotten, name, look } = setUp();
  name('b');
  await look();
  expect(forgotten).toEqual([]);
  database.revoked.push('b');
  await look();
  expect(forgotten).toEqual(['b']);
});

it('asks the database no more once a hint has proved wrong', async () => {
  const { forgotten, name, look, looks } = setUp();
  name('b');
  for (let i = 0; i < 20; i++) await look();
  expect(looks()).toBe(5);
  expect(forgotten).toEqual([]);
});
