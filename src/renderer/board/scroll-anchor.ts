/** A stack of a column, px. */
export interface StackShift {
  /** Free space above its first ticket. */
  spacer: number;
  /** How far its visible tickets have moved down (negative: up). */
  moved: number;
}

/**
 * The scroll position and the stacks' spacers that keep the visible tickets in place. Stacks share one scroller, and a change
 * above the tickets of one stack must not move the others. A spacer is never larger than the scroll position, so it is never
 * visible; at the top of the list all spacers are 0.
 *
 * @param scroll the current position, px
 */
export function scrollAnchor(scroll: number, stacks: readonly StackShift[]): { scroll: number; spacers: number[] } {
  const wanted = stacks.map(({ spacer, moved }) => spacer - scroll - moved);
  // Whole pixels, as most screens scroll. The smallest spacer becomes 0.
  const to = Math.round(Math.max(0, ...wanted.map((place) => -place)));
  return { scroll: to, spacers: wanted.map((place) => Math.max(0, Math.min(to, place + to))) };
}
