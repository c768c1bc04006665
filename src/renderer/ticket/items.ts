import type { Item, Order } from '#contract/order.ts';

export interface Course {
  /** Null: the order has a single course that is fired, and needs no heading. */
  course: number | null;
  held: boolean;
  items: readonly Item[];
}

/** The items by course, in firing order. Items of a later course than the fired one are held (C6). */
export function coursesOf(order: Pick<Order, 'items' | 'firedCourse'>): Course[] {
  const numbers = [...new Set(order.items.map((item) => item.course ?? 1))].sort((a, b) => a - b);
  if (numbers.length === 1 && numbers[0] !== undefined && numbers[0] <= order.firedCourse)
    return [{ course: null, held: false, items: order.items }];
  return numbers.map((course) => ({
    course,
    held: course > order.firedCourse,
    items: order.items.filter((item) => (item.course ?? 1) === course),
  }));
}

/** The items that may be made now: those of fired courses. */
export const firedItems = ({ items, firedCourse }: Pick<Order, 'items' | 'firedCourse'>): Item[] =>
  items.filter(({ course }) => (course ?? 1) <= firedCourse);

/** The course to fire next: the lowest held one with something left to make; null when there is none. */
export function nextCourse({ items, firedCourse }: Pick<Order, 'items' | 'firedCourse'>): number | null {
  const held = items.filter(({ course, done }) => !done && (course ?? 1) > firedCourse);
  return held.length === 0 ? null : Math.min(...held.map(({ course }) => course ?? 1));
}

/** All allergens of an order, each once, in order of appearance. */
export function allergensOf(order: Pick<Order, 'items'>): string[] {
  return [...new Set(order.items.flatMap((item) => item.allergens))];
}

export const modifierText = ({ name, quantity }: Pick<Item, 'name' | 'quantity'>): string =>
  quantity > 1 ? `${quantity} × ${name}` : name;
