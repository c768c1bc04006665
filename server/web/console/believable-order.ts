import type { OrderDraft } from '#contract/order.ts';
import type { Fulfilment } from '#contract/status.ts';

type Draft = Partial<OrderDraft> & Pick<OrderDraft, 'items' | 'currency' | 'totalMinor'>;

interface Dish {
  name: string;
  station: string;
  priceMinor: number;
  modifier?: string;
  note?: string;
}
const DISHES: readonly Dish[] = [
  { name: 'Khachapuri Adjaruli', station: 'oven', priceMinor: 1450, modifier: 'extra cheese', note: 'no egg' },
  { name: 'Khinkali', station: 'grill', priceMinor: 180, modifier: 'no pepper' },
  { name: 'Mtsvadi', station: 'grill', priceMinor: 2200, note: 'well done' },
  { name: 'Lobio in a pot', station: 'oven', priceMinor: 1250 },
  { name: 'Badrijani with walnuts', station: 'cold', priceMinor: 1150, modifier: 'no coriander' },
  { name: 'Pad Thai', station: 'wok', priceMinor: 1900, modifier: 'mild' },
  { name: 'Mango sticky rice', station: 'cold', priceMinor: 1300 },
  { name: 'Tarragon lemonade', station: 'bar', priceMinor: 450, modifier: 'no ice' },
];
const NAMES = ['Nino', 'Giorgi K.', 'Дарья', 'ญาดา', 'ليلى', 'José Álvarez', '王小明', 'Anna Schmidt'];
const WAYS: readonly { fulfilment: Fulfilment; source: string; dueMinutes?: number }[] = [
  { fulfilment: 'pickup', source: 'web' },
  { fulfilment: 'delivery', source: 'wolt', dueMinutes: 25 },
  { fulfilment: 'dine_in', source: 'till' },
  { fulfilment: 'booking', source: 'phone', dueMinutes: 40 },
];

/**
 * An order as a shop system would send it.
 *
 * @param random 0 ≤ x < 1
 * @param now ms
 */
export function believableOrder(currency: string, now: number, random: () => number): Draft {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const { fulfilment, source, dueMinutes } = pick(WAYS);
  const first = Math.floor(random() * DISHES.length);
  const items = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, i) => {
    const dish = DISHES[(first + i * 3) % DISHES.length] as Dish;
    const quantity = dish.name === 'Khinkali' ? 5 : 1 + Math.floor(random() * 2);
    return itemOf(dish, quantity, random() < 0.5);
  });
  const atTable = fulfilment === 'dine_in' || fulfilment === 'booking';
  return {
    externalId: `console-${Math.floor(now).toString(36)}-${Math.floor(random() * 1e6).toString(36)}`,
    source,
    fulfilment,
    ...(source === 'till' ? {} : { customer: { ref: undefined, name: pick(NAMES), phone: undefined } }),
    ...(atTable ? { table: String(1 + Math.floor(random() * 18)), covers: 2 } : {}),
    items,
    currency,
    totalMinor: totalOf(items),
    ...(dueMinutes ? { dueAt: new Date(now + dueMinutes * 60_000).toISOString() } : {}),
  };
}

/** Another item for an order that has these, and the new total. */
export function oneMore(items: OrderDraft['items'], random: () => number): Pick<Draft, 'items' | 'totalMinor'> {
  const dish = DISHES[Math.floor(random() * DISHES.length)] as Dish;
  const more = [...items, itemOf(dish, 1, false)];
  return { items: more, totalMinor: totalOf(more) };
}

const itemOf = ({ name, station, priceMinor, modifier, note }: Dish, quantity: number, special: boolean) =>
  ({
    name,
    quantity,
    station,
    unitPriceMinor: priceMinor,
    ...(special && modifier ? { modifiers: [{ name: modifier, quantity: 1 }] } : {}),
    ...(special && note ? { note } : {}),
  }) as OrderDraft['items'][number];

const totalOf = (items: OrderDraft['items']): number =>
  items.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * (unitPriceMinor ?? 0), 0);
