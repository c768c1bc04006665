/** A ticket counts as visible if this much of it shows, enough to read its number; px at zoom 1. */
const HEAD_PX = 40;
/** A ticket counts as cut off if more than its margin is below the edge, px. */
const MARGIN_PX = 12;

/** What a stack shows: its tickets from index `from` up to, but not including, `to`. */
export interface Seen {
  from: number;
  to: number;
  /** The lower edge cuts one of these tickets off. */
  cut: boolean;
}

/**
 * The visible slots of a stack with their offsets from the upper edge, px. Skips chunks out of sight, because measuring their
 * tickets would force a layout.
 *
 * @param top of the scroller on the screen, px
 * @param height of the scroller, px
 */
export function seenInStack(stack: Element, top: number, height: number): { slots: [Element, number][]; seen: Seen } {
  const slots: [Element, number][] = [];
  const seen: Seen = { from: 0, to: 0, cut: false };
  for (const chunk of stack.children) {
    const { top: from, bottom: to } = chunk.getBoundingClientRect();
    if (from - top >= height) break;
    if (to <= top) {
      seen.from += chunk.children.length;
      seen.to += chunk.children.length;
      continue;
    }
    for (const slot of chunk.children) {
      const box = slot.getBoundingClientRect();
      const [begin, end] = [box.top - top, box.bottom - top];
      if (begin >= height) break;
      if (end > 0) slots.push([slot, begin]);
      if (begin < -HEAD_PX / 2) seen.from += 1;
      if (begin >= height - HEAD_PX) continue;
      seen.to += 1;
      if (end > height + MARGIN_PX) seen.cut = true;
    }
  }
  return { slots, seen };
}
