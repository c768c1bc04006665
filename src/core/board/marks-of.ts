import type { Item, Order } from '#contract/order.ts';
import type { Marks } from '#contract/ticket.ts';

const FIELDS = ['note', 'table', 'covers', 'dueAt', 'number'] as const;

/** What changed since the order was last seen, in the fields that only outsiders change, and which items went to another station; null: nothing. */
export function marksOf(seen: Order, now: Order): Marks | null {
  const { pairs, gone } = pairItems(seen.items, now.items);
  const marks: Marks = {
    added: pairs.flatMap(([item, was]) => more(item.id, item.quantity - (was?.quantity ?? 0))),
    changed: pairs.flatMap(([item, was]) => (was && words(was) !== words(item) ? [item.id] : [])),
    moved: pairs.flatMap(([item, was]) => (was && was.station !== item.station ? [item.id] : [])),
    removed: [
      ...pairs.flatMap(([item, was]) => (was ? fewer(item, was.quantity - item.quantity) : [])),
      ...gone.flatMap((was) => fewer(was, was.quantity)),
    ],
    fields: FIELDS.filter((field) => seen[field] !== now[field]),
  };
  if ((seen.customer?.name ?? null) !== (now.customer?.name ?? null)) marks.fields.push('customer');
  return Object.values(marks).some((list) => list.length > 0) ? marks : null;
}

/**
 * Pairs each item with its earlier version, by id. If the sender gives no ids, a changed quantity gives an item a new
 * id; then items pair by the same text.
 */
function pairItems(seen: readonly Item[], now: readonly Item[]) {
  const gone = seen.filter((was) => !now.some(({ id }) => id === was.id));
  const pairs = now.map((item): [Item, Item | undefined] => {
    const same = seen.find(({ id }) => id === item.id);
    if (same) return [item, same];
    const at = gone.findIndex((was) => words(was) === words(item));
    return [item, at < 0 ? undefined : gone.splice(at, 1)[0]];
  });
  return { pairs, gone };
}

const more = (itemId: string, quantity: number): Marks['added'] => (quantity > 0 ? [{ itemId, quantity }] : []);
const fewer = ({ name, station }: Item, quantity: number): Marks['removed'] =>
  quantity > 0 ? [{ name, station, quantity }] : [];

/** The text of an item as a cook reads it, without the quantity. */
const words = ({ name, modifiers, note, allergens, course }: Item): string =>
  JSON.stringify([name, modifiers, note, allergens, course]);
