import { isDeepStrictEqual } from 'node:util';
import type { Item, ItemDraft, Order, OrderPatch } from '#contract/order.ts';
import { filled, freeIds, lowestCourse, newItem, type Unnumbered } from './new-order.ts';

/**
 * An order after a PATCH, or undefined if nothing would change. A patch corrects data, so it also works on closed
 * orders. In `customer`, the given fields replace the old ones; an empty text clears a field.
 *
 * @param at ISO
 */
export function patchedOrder(order: Order, patch: OrderPatch, at: string): Unnumbered | undefined {
  const items = patch.items ? replacedItems(order.items, patch.items) : order.items;
  const after: Order = {
    ...order,
    customer: patch.customer ? filled({ ...(order.customer ?? nobody), ...given(patch.customer) }) : order.customer,
    table: patch.table === undefined ? order.table : patch.table || null,
    covers: patch.covers ?? order.covers,
    items,
    firedCourse: Math.max(order.firedCourse, patch.items ? lowestCourse(items) : 1),
    note: patch.note === undefined ? order.note : patch.note || null,
    priority: patch.priority ?? order.priority,
    dueAt: patch.dueAt ?? order.dueAt,
    totalMinor: patch.totalMinor ?? order.totalMinor,
    number: patch.number ?? order.number,
  };
  if (isDeepStrictEqual(after, order)) return undefined;
  return { ...after, updatedAt: at, version: order.version + 1 };
}

const nobody = { ref: null, name: null, phone: null };

function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/**
 * Replaces all items. An item with a known id keeps its `done`. An item without an id that equals an existing one is
 * that one, so that sending the same list again changes nothing. Any other is new and not done.
 */
function replacedItems(before: readonly Item[], drafts: readonly ItemDraft[]): Item[] {
  const named = new Set(drafts.flatMap(({ id }) => id ?? []));
  const unnamed = before.filter(({ id }) => !named.has(id));
  const nextId = freeIds([...named, ...before.map(({ id }) => id)]);
  return drafts.map((draft) => {
    const same = draft.id === undefined ? takeSame(unnamed, draft) : before.find(({ id }) => id === draft.id);
    return newItem(draft, draft.id ?? same?.id ?? nextId(), draft.done ?? same?.done ?? false);
  });
}

function takeSame(unnamed: Item[], draft: ItemDraft): Item | undefined {
  const index = unnamed.findIndex((item) => isDeepStrictEqual(item, newItem(draft, item.id, item.done)));
  return index < 0 ? undefined : unnamed.splice(index, 1)[0];
}
