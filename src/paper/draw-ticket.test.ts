import { expect, test } from 'vitest';
import { drawTicket } from './draw-ticket.ts';
import { UNKNOWN_LETTER } from './words.ts';

async function dotsOf(text: string): Promise<number> {
  const { data } = await drawTicket([{ text, size: 'dish' }], 576, 'footnote');
  return data.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
}

test.each([
  ['Tiếng', 'Việt'],
  ['بيتزا', 'Margherita'],
  ['شاورما', '(كبيرة)'],
  ['פלאפל', '30'],
  ['Хинкали', 'ხინკალი'],
  ['น้ำ', 'Cola'],
])('every letter of a row in two scripts is drawn: %s %s', async (first, second) => {
  const together = await dotsOf(`${first} ${second}`);
  const apart = (await dotsOf(first)) + (await dotsOf(second));
  expect(together / apart).toBeGreaterThan(0.95);
  expect(together / apart).toBeLessThan(1.05);
});

test('a letter that no font has is marked, and the foot of the ticket says so', async () => {
  const marked = await drawTicket([{ text: 'Ramen 拉', size: 'dish' }], 576, 'footnote');
  const expected = await drawTicket(
    [
      { text: `Ramen ${UNKNOWN_LETTER}`, size: 'dish' },
      { text: 'footnote', size: 'small' },
    ],
    576,
    '',
  );
  expect(marked.data.equals(expected.data)).toBe(true);
});

test('Arabic words, figures and the quantity stand beside each other, at the right edge', async () => {
  const line = { text: 'شاورما · طاولة 12', lead: '2x', size: 'dish' } as const;
  const { width, height, data } = await drawTicket([line], 576, 'footnote');
  const isInk = (x: number) =>
    Array.from({ length: height }, (_, y) => ((data[(y * width + x) >> 3] ?? 0) >> (7 - (x & 7))) & 1).includes(1);
  const inked = Array.from({ length: width }, (_, x) => x).filter(isInk);
  const gaps = inked.slice(1).map((x, i) => x - (inked[i] ?? x) - 1);
  // Dots; a letter is 42.
  expect(Math.max(...gaps)).toBeLessThan(25);
  expect(inked.at(-1)).toBeGreaterThan(width - 16);
});
