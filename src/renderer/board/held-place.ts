/** A stack of a column, px. */
export interface HeldStack {
  /** Left free above its first ticket. */
  spacer: number;
  /** How far its tickets in sight have moved down, or up (less than 0), from where they are to stay. */
  moved: number;
}

/**
 * Where a list is scrolled to, and what is left free above each stack, so that the tickets in sight stay where they were:
 * stacks hang side by side in one scroll, and what comes or goes above one of them must not move the others. Never more
 * is left free than is scrolled away, so no gap is ever seen above a stack; at the top of the list everything closes up.
 *
 * @param scroll px, as it is now
 */
export function heldPlace(scroll: number, stacks: readonly HeldStack[]): { scroll: number; spacers: number[] } {
  const wanted = stacks.map(({ spacer, moved }) => spacer - scroll - moved);
  // Whole pixels, as browsers scroll on most screens; the least of the spacers is nothing.
  const to = Math.round(Math.max(0, ...wanted.map((place) => -place)));
  return { scroll: to, spacers: wanted.map((place) => Math.max(0, Math.min(to, place + to))) };
}
