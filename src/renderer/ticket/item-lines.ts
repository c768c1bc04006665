import type { Item } from '#contract/order.ts';
import type { Marks } from '#contract/ticket.ts';

/** A line of a ticket: an item, or several equal ones. */
export interface ItemLine {
  /** The first of them, with the quantity of all. */
  item: Item;
  itemIds: readonly string[];
  /** How many were added after the kitchen had seen the order. */
  added: number;
  /** What else happened to them after the kitchen had seen the order: `moved`: another station sent them here. */
  since: 'changed' | 'moved' | null;
}

/**
 * The lines of a ticket. Combined, items that a cook makes in the same way are one line, in the place of the first. An item
 * that is done or was changed stays apart from one that is not: nobody could tell which of them it is.
 */
export function itemLines(items: readonly Item[], marks: Marks | null, combine: boolean): ItemLine[] {
  const lines = new Map<string, ItemLine>();
  for (const item of items) {
    const added = marks?.added.find(({ itemId }) => itemId === item.id)?.quantity ?? 0;
    const since = (['changed', 'moved'] as const).find((what) => marks?.[what].includes(item.id)) ?? null;
    const key = combine ? `${sameness(item)} ${since}` : item.id;
    const line = lines.get(key);
    if (!line) {
      lines.set(key, { item, itemIds: [item.id], added, since });
      continue;
    }
    line.item = { ...line.item, quantity: line.item.quantity + item.quantity };
    line.itemIds = [...line.itemIds, item.id];
    line.added += added;
  }
  return [...lines.values()];
}

/** Equal for items that are made in the same way. The order in which modifiers and allergens were entered does not matter. */
function sameness({ name, modifiers, note, allergens, course, station, done }: Item): string {
  const chosen = modifiers.map((one) => JSON.stringify([one.name, one.quantity])).sort();
  return JSON.stringify([name, chosen, note ?? '', allergens.toSorted(), course ?? 1, station, done]);
}
