import { expect, test } from 'vitest';
import { SECTIONS } from './sections.ts';
import { isKept } from './setting-line.tsx';

test('the PIN protects the server and the file of settings, which hold no setting of their own', () => {
  const kept = SECTIONS.flatMap(({ rows }) => rows).filter((row) => row.paths.length === 0 && isKept(row));
  expect(kept.map(({ id }) => id).sort()).toEqual(['file', 'server']);
});
