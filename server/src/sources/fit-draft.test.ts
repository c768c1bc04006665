import { expect, it } from 'vitest';
import { fitDraft } from './fit-draft.ts';

const LIST = { currency: 'EUR', totalMinor: 0 };

it('says in the note what was cut: a long name, a long note of an item, and items over 200', () => {
  const name = 'x'.repeat(201);
  const soup = { name: 'Soup', quantity: 1 };
  const named = fitDraft({ ...LIST, items: [{ name, quantity: 1 }], note: 'ring' });
  expect([named.items[0]?.name.length, named.note]).toEqual([200, `ring\n${name}`]);
  const noted = fitDraft({ ...LIST, items: [{ ...soup, note: 'y'.repeat(2_001) }] });
  expect([noted.items[0]?.note?.length, noted.note]).toEqual([2_000, 'The note of Soup is longer: read it there.']);
  const many = fitDraft({ ...LIST, items: Array.from({ length: 201 }, () => soup) });
  expect([many.items.length, many.note]).toEqual([200, '1 more items: 1 × Soup']);
});
