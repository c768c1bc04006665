import type { OrderDraft } from '#contract/order.ts';
import type { Fulfilment, Status } from '#contract/status.ts';
import { BOOKING_NOTES, DELIVERY_NOTES, ITEM_NOTES, NAMES, ORDER_NOTES } from './guests.ts';
import { type Dish, KITCHENS } from './menus.ts';
import type { Random } from './random.ts';

const MINUTE_MS = 60_000;
/** Without letters that look like digits. */
const CODE_LETTERS = [...'ABCDEFGHJKMNPQRSTVWXYZ23456789'];

interface Way {
  fulfilment: Fulfilment;
  source: string;
  weight: number;
  /** How many dishes; a table orders for each of its covers. */
  dishes: [number, number];
  paid: number;
}
const WAYS: Way[] = [
  { fulfilment: 'dine_in', source: 'till', weight: 26, dishes: [1, 2], paid: 0 },
  { fulfilment: 'pickup', source: 'web', weight: 20, dishes: [1, 4], paid: 0.8 },
  { fulfilment: 'pickup', source: 'phone', weight: 9, dishes: [1, 3], paid: 0 },
  { fulfilment: 'pickup', source: 'till', weight: 12, dishes: [1, 2], paid: 1 },
  { fulfilment: 'delivery', source: 'bolt', weight: 13, dishes: [1, 4], paid: 1 },
  { fulfilment: 'delivery', source: 'wolt', weight: 12, dishes: [1, 4], paid: 1 },
  { fulfilment: 'delivery', source: 'own', weight: 5, dishes: [2, 5], paid: 0.4 },
  { fulfilment: 'booking', source: 'web', weight: 3, dishes: [2, 3], paid: 0.3 },
];

/**
 * One order as a shop system would send it: dishes of one kitchen that go together, a correct total, and sometimes an allergy,
 * a note or priority.
 *
 * @param now ms
 * @param status its current status; an order that is further on was placed a while ago
 */
export function makeOrder(random: Random, now: number, status: Status = 'pending', agoMs = 0): OrderDraft {
  const way = random.weighted(WAYS);
  const table = way.fulfilment === 'dine_in' || way.fulfilment === 'booking';
  const covers = table ? random.int(way.fulfilment === 'booking' ? 2 : 1, 6) : undefined;
  const kitchen = random.weighted(KITCHENS);
  const count = Math.min(random.int(...way.dishes) * Math.ceil((covers ?? 1) / 2), 8);
  const inCourses = table && random.chance(0.4);
  const items = withAllergy(random, random.some(kitchen.dishes, count)).map((dish) => {
    const item = makeItem(random, dish);
    return inCourses ? item : { ...item, course: undefined };
  });
  const dueAt = dueInMinutes(random, way);
  const code = Array.from({ length: 6 }, () => random.pick(CODE_LETTERS)).join('');
  return {
    externalId: `${code.slice(0, 3)}-${code.slice(3)}`,
    source: way.source,
    fulfilment: way.fulfilment,
    status,
    priority: random.chance(0.04),
    ...(way.source === 'till' ? {} : { customer: makeGuest(random, way.fulfilment) }),
    ...(table ? { table: String(random.int(1, 18)), covers } : {}),
    items,
    note: makeNote(random, way.fulfilment),
    currency: 'GEL',
    totalMinor: totalOf(items),
    payment: random.chance(way.paid)
      ? { status: 'paid', method: way.source === 'till' && random.chance(0.4) ? 'cash' : 'card' }
      : { status: 'unpaid' },
    placedAt: new Date(now - agoMs).toISOString(),
    dueAt: dueAt === null ? undefined : new Date(now - agoMs + dueAt * MINUTE_MS).toISOString(),
  };
}

/** What the items cost, in the minor unit. */
export function totalOf(items: OrderDraft['items']): number {
  return items.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * (unitPriceMinor ?? 0), 0);
}

/** An item that a guest adds while waiting. */
export function makeExtraItem(random: Random): OrderDraft['items'][number] {
  const sweets = KITCHENS.flatMap(({ dishes }) => dishes).filter(
    ({ station, course }) => station === 'bar' || course === 3,
  );
  return { ...makeItem(random, random.pick(sweets)), course: undefined };
}

interface OrderedDish extends Dish {
  allergens?: string[];
}

/** One guest in twelve is allergic to something in a dish; the ticket must then show it prominently. */
function withAllergy(random: Random, dishes: Dish[]): OrderedDish[] {
  const risky = dishes.flatMap((dish) => dish.contains ?? []);
  if (risky.length === 0 || !random.chance(1 / 12)) return dishes;
  const allergen = random.pick(risky);
  return dishes.map((dish) => (dish.contains?.includes(allergen) ? { ...dish, allergens: [allergen] } : dish));
}

function makeItem(random: Random, dish: OrderedDish): OrderDraft['items'][number] {
  const wanted = dish.options && random.chance(0.4) ? random.some(dish.options, random.int(1, 2)) : [];
  const more = wanted.reduce((sum, { priceMinor }) => sum + (priceMinor ?? 0), 0);
  return {
    name: dish.name,
    quantity: dish.upTo ? random.int(1, dish.upTo) : random.chance(0.15) ? 2 : 1,
    modifiers: wanted.map(({ name }) => ({ name, quantity: 1 })),
    note: random.chance(0.06) ? random.pick(ITEM_NOTES) : undefined,
    allergens: dish.allergens ?? [],
    station: dish.station,
    course: dish.course,
    unitPriceMinor: dish.priceMinor + more,
    done: undefined,
    id: undefined,
  };
}

function makeGuest(random: Random, fulfilment: Fulfilment): OrderDraft['customer'] {
  const phone =
    fulfilment === 'pickup' ? undefined : `+995 5${random.int(10, 99)} ${random.int(100, 999)} ${random.int(100, 999)}`;
  return { name: random.pick(NAMES), ref: undefined, phone };
}

function makeNote(random: Random, fulfilment: Fulfilment): string | undefined {
  if (fulfilment === 'delivery') return random.chance(0.5) ? random.pick(DELIVERY_NOTES) : undefined;
  if (fulfilment === 'booking') return random.chance(0.7) ? random.pick(BOOKING_NOTES) : undefined;
  return random.chance(0.12) ? random.pick(ORDER_NOTES) : undefined;
}

function dueInMinutes(random: Random, { fulfilment, source }: Way): number | null {
  if (fulfilment === 'booking') return random.int(12, 35);
  if (fulfilment === 'delivery') return source === 'own' ? random.int(35, 50) : random.int(18, 30);
  return fulfilment === 'pickup' && source === 'phone' ? random.int(15, 25) : null;
}
