import type { Item, ItemDraft, Order, OrderDraft } from '#contract/order.ts';

/** An order without `seq`, which the log assigns. */
export type Unnumbered = Omit<Order, 'seq'>;

/** The fields of a new order that are not in its draft. `at` is ISO. */
export interface NewOrder {
  id: string;
  storeId: string;
  number: string;
  at: string;
  /** From placing to the promised time of an order without one; null: it gets none. */
  preparationMinutes?: number | null;
}

/** A draft with every default of the contract (section 4). An empty text counts as absent. */
export function newOrder(
  draft: OrderDraft,
  { id, storeId, number, at, preparationMinutes = null }: NewOrder,
): Unnumbered {
  const items = newItems(draft.items);
  const { customer, placedAt = at } = draft;
  return {
    id,
    storeId,
    number,
    externalId: draft.externalId ?? null,
    source: draft.source || null,
    fulfilment: draft.fulfilment ?? 'pickup',
    status: draft.status ?? 'pending',
    statusSince: at,
    priority: draft.priority ?? false,
    firedCourse: lowestCourse(items),
    customer: customer ? filled({ ref: customer.ref, name: customer.name, phone: customer.phone }) : null,
    table: draft.table || null,
    covers: draft.covers ?? null,
    items,
    note: draft.note || null,
    currency: draft.currency,
    totalMinor: draft.totalMinor,
    payment: { status: draft.payment?.status ?? 'unpaid', method: draft.payment?.method || null },
    placedAt,
    dueAt: draft.dueAt ?? (preparationMinutes === null ? null : dueAfter(placedAt, preparationMinutes)),
    acknowledgedAt: null,
    acknowledgedBy: null,
    reason: null,
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
}

/** Times have years of four digits. */
const LAST_TIME_MS = Date.parse('9999-12-31T23:59:59.999Z');
const dueAfter = (placedAt: string, minutes: number): string =>
  new Date(Math.min(Date.parse(placedAt) + minutes * 60_000, LAST_TIME_MS)).toISOString();

type Parts = Record<'ref' | 'name' | 'phone', string | null | undefined>;
/** A customer without any data counts as absent. */
export function filled({ ref, name, phone }: Parts): Order['customer'] {
  if (!ref && !name && !phone) return null;
  return { ref: ref || null, name: name || null, phone: phone || null };
}

function newItems(drafts: readonly ItemDraft[]): Item[] {
  const nextId = freeIds(drafts.flatMap(({ id }) => id ?? []));
  return drafts.map((draft) => newItem(draft, draft.id ?? nextId(), draft.done ?? false));
}

export function newItem(draft: ItemDraft, id: string, done: boolean): Item {
  return {
    id,
    name: draft.name,
    quantity: draft.quantity,
    modifiers: (draft.modifiers ?? []).map(({ name, quantity }) => ({ name, quantity: quantity ?? 1 })),
    note: draft.note || null,
    allergens: draft.allergens ?? [],
    station: draft.station || null,
    course: draft.course ?? null,
    unitPriceMinor: draft.unitPriceMinor ?? null,
    done,
  };
}

/** Generates `i1`, `i2` …, skipping taken ids. */
export function freeIds(taken: Iterable<string>): () => string {
  const used = new Set(taken);
  let n = 0;
  return () => {
    do n++;
    while (used.has(`i${n}`));
    return `i${n}`;
  };
}

/** The course that is cooked first; items of higher ones are held until fired. */
export function lowestCourse(items: readonly Item[]): number {
  const courses = items.flatMap(({ course }) => course ?? []);
  return courses.length > 0 ? Math.min(...courses) : 1;
}
