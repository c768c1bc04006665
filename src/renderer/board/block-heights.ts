import type { Ticket } from '#contract/ticket.ts';

/** Average width of a letter, rem at text size 1. use-spans.ts corrects what is underestimated. */
const LETTER_WIDTH = 0.54;
/** Width beside the words: quantity and edges, rem. */
const BESIDE = 3.75;
const NAME_LINE = 1.4;
const SMALL_LINE = 1.3;
const ROW_PADDING = 0.75;

/**
 * Estimated heights of the blocks of a ticket's body, rem. A block is never split between two cells.
 *
 * @param width of the column, rem
 * @param tap minimum height of an item, rem
 */
export function blockHeights({ order }: Ticket, width: number, textSize: number, tap: number): number[] {
  const perLine = Math.max(6, (width - BESIDE) / (LETTER_WIDTH * textSize));
  const lines = (text: string) => Math.ceil(text.length / perLine);
  const blocks: number[] = [];
  if (order.items.some(({ allergens }) => allergens.length > 0)) blocks.push(3 * textSize);
  const courses = new Set(order.items.map(({ course }) => course ?? 1));
  for (const item of order.items) {
    const modifiers = item.modifiers.map(({ name }) => name).join(' · ');
    const small =
      lines(modifiers) + lines(item.note ?? '') + (item.allergens.length > 0 ? lines(`ALLERGY ${item.allergens}`) : 0);
    blocks.push(Math.max(tap, (ROW_PADDING + lines(item.name) * NAME_LINE + small * SMALL_LINE) * textSize));
  }
  if (courses.size > 1) blocks.push(...[...courses].map(() => Math.max(2, tap)));
  if (order.note) blocks.push((1 + lines(order.note) * SMALL_LINE) * textSize);
  return blocks;
}
