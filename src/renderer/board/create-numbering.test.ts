import { expect, test } from 'vitest';
import { aTicket } from '../testing/a-ticket.ts';
import { createNumbering } from './create-numbering.ts';

test('numbers the visible tickets of all columns together, in the order in which they should leave the kitchen', async () => {
  let numbered: readonly string[] = [];
  const numbering = createNumbering((ids) => {
    numbered = ids;
  });
  const [ready, cooking, hidden, fresh] = ['ready', 'cooking', 'hidden', 'fresh'].map((id) => aTicket({ id }));
  if (!ready || !cooking || !hidden || !fresh) throw new Error('no tickets');
  numbering.setVisible('pending', [fresh]);
  numbering.setVisible('preparing', [cooking]);
  numbering.setVisible('ready', [ready]);
  numbering.setOrder([ready, cooking, hidden, fresh]);
  await Promise.resolve();
  expect(numbered).toEqual(['ready', 'cooking', 'fresh']);
  numbering.setVisible('preparing', [hidden]);
  await Promise.resolve();
  expect(numbered).toEqual(['ready', 'hidden', 'fresh']);
  numbering.setOrder([hidden, fresh]);
  await Promise.resolve();
  expect(numbered).toEqual(['hidden', 'fresh']);
});
