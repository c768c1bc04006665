import type { Item, Order } from '#contract/order.ts';
import type { Fulfilment, Status } from '#contract/status.ts';

/** One order of the demo, as short as it can be written. Minutes are before now; `due` is minutes from now. */
export interface Sketch {
  number: string;
  status: Status;
  fulfilment: Fulfilment;
  minutes: number;
  source: string;
  items: readonly ItemSketch[];
  externalId?: string;
  name?: string;
  phone?: string;
  table?: string;
  covers?: number;
  note?: string;
  due?: number;
  paid?: boolean;
  priority?: boolean;
  seen?: boolean;
  firedCourse?: number;
  reason?: string;
  /** An unanswered command lies over it. */
  waiting?: boolean;
}
type ItemSketch = [quantity: number, name: string, more?: Partial<Omit<Item, 'modifiers'>> & { with?: string[] }];

/** A Friday evening in a Georgian kitchen that also sells through three delivery services. */
export const DINNER_SERVICE: readonly Sketch[] = [
  {
    number: '117',
    status: 'pending',
    fulfilment: 'pickup',
    minutes: 0.4,
    source: 'Web',
    externalId: '8812',
    name: 'Нино Беридзе',
    phone: '+995 599 12 34 56',
    items: [
      [2, 'Khachapuri Adjaruli', { with: ['extra cheese', 'no egg'] }],
      [1, 'Badrijani', { allergens: ['nuts'], with: ['no walnut'] }],
      [2, 'Tarragon lemonade'],
    ],
  },
  {
    number: '118',
    status: 'pending',
    fulfilment: 'delivery',
    minutes: 0.1,
    source: 'Bolt',
    externalId: '55-31',
    name: 'ญาดา ศรีสุข',
    paid: true,
    note: 'Call on arrival, the bell is broken',
    items: [
      [6, 'Khinkali, beef & pork'],
      [5, 'Khinkali, mushroom', { with: ['extra pepper'] }],
    ],
  },
  {
    number: '114',
    status: 'pending',
    fulfilment: 'dine_in',
    minutes: 2.3,
    source: 'Till 1',
    table: '12',
    covers: 2,
    seen: true,
    items: [
      [1, 'Lobio in clay pot'],
      [2, 'Mchadi'],
      [1, 'Jonjoli'],
    ],
  },
  {
    number: '115',
    status: 'preparing',
    fulfilment: 'dine_in',
    minutes: 3.7,
    source: 'Till 1',
    table: '7',
    covers: 4,
    firedCourse: 1,
    waiting: true,
    items: [
      [1, 'Pkhali trio', { done: true, course: 1 }],
      [2, 'Chakapuli', { course: 1, with: ['lamb', 'medium'] }],
      [1, 'Shkmeruli', { course: 2 }],
      [4, 'Churchkhela ice cream', { course: 3 }],
    ],
  },
  {
    number: '112',
    status: 'preparing',
    fulfilment: 'pickup',
    minutes: 6.2,
    source: 'Till 2',
    paid: true,
    items: [
      [1, 'Ojakhuri with pork', { with: ['adjika'] }],
      [1, 'Lobio in clay pot', { done: true }],
      [3, 'Mchadi'],
    ],
  },
  {
    number: '109',
    status: 'preparing',
    fulfilment: 'delivery',
    minutes: 12,
    source: 'Wolt',
    externalId: '9920',
    name: 'Гиорги Капанадзе',
    due: -2,
    paid: true,
    priority: true,
    items: [
      [1, 'Mtsvadi, large', { with: ['well done', 'no onion'] }],
      [2, 'Tkemali'],
    ],
  },
  {
    number: '116',
    status: 'preparing',
    fulfilment: 'booking',
    minutes: 2,
    source: 'Phone',
    name: '王小明',
    covers: 6,
    due: 18,
    items: [
      [2, 'Supra set for three', { with: ['one vegetarian'], allergens: ['gluten', 'sesame'] }],
      [1, 'Saperavi, bottle'],
    ],
  },
  {
    number: '113',
    status: 'preparing',
    fulfilment: 'delivery',
    minutes: 5.1,
    source: 'Glovo',
    externalId: 'GLV-77120',
    name: 'محمد الأحمد',
    items: [
      [1, 'خبز بالجبن إيميرولي', { with: ['بدون ملح'] }],
      [3, 'ხინკალი ქალაქური'],
      [2, 'Borjomi'],
    ],
    note: 'من فضلك لا تضغط على الجرس',
  },
  {
    number: '110',
    status: 'preparing',
    fulfilment: 'dine_in',
    minutes: 8.4,
    source: 'Till 1',
    table: 'Terrace 3',
    covers: 5,
    items: [
      [2, 'Kharcho', { note: 'one without coriander, the other with a lot of it' }],
      [1, 'Shotis puri', { done: true }],
      [3, 'Kubdari'],
      [1, 'Ajapsandali', { allergens: ['celery'] }],
    ],
  },
  {
    number: '111',
    status: 'preparing',
    fulfilment: 'pickup',
    minutes: 4.6,
    source: 'Web',
    externalId: '8809',
    name: 'Maximiliane Featherstonehaugh-Wojciechowska',
    paid: true,
    items: [
      [1, 'ผัดไทยกุ้งสดใส่ไข่ไม่เผ็ด'],
      [1, 'Слоёный хачапури с двойным сулугуни и зеленью, большой'],
    ],
  },
  {
    number: '119',
    status: 'preparing',
    fulfilment: 'dine_in',
    minutes: 1.2,
    source: 'Till 2',
    table: '2',
    covers: 2,
    items: [
      [2, 'Imeruli khachapuri, half'],
      [1, 'Nakhli pkhali'],
      [1, 'House white, carafe'],
    ],
  },
  {
    number: '108',
    status: 'ready',
    fulfilment: 'pickup',
    minutes: 1.1,
    source: 'Web',
    externalId: '8801',
    name: 'Tamar',
    paid: true,
    items: [
      [2, 'Lobiani', { done: true }],
      [1, 'Imeruli khachapuri, half', { done: true }],
    ],
  },
  {
    number: '106',
    status: 'ready',
    fulfilment: 'delivery',
    minutes: 6.3,
    source: 'Bolt',
    externalId: '54-90',
    name: 'Luka',
    paid: true,
    items: [
      [10, 'Khinkali, cheese', { done: true }],
      [1, 'Sour cream', { done: true }],
    ],
  },
  {
    number: '107',
    status: 'ready',
    fulfilment: 'dine_in',
    minutes: 0.6,
    source: 'Till 1',
    table: '9',
    covers: 3,
    items: [
      [1, 'Chkmeruli', { done: true }],
      [2, 'Tomato & cucumber salad', { done: true, allergens: ['walnut'] }],
    ],
  },
  {
    number: '102',
    status: 'delivering',
    fulfilment: 'delivery',
    minutes: 9,
    source: 'Wolt',
    externalId: '9911',
    name: 'Ana K.',
    paid: true,
    items: [
      [2, 'Adjaruli, small'],
      [2, 'Estragon'],
    ],
  },
  {
    number: '104',
    status: 'delivering',
    fulfilment: 'delivery',
    minutes: 3,
    source: 'Glovo',
    externalId: 'GLV-77102',
    name: '李明',
    paid: true,
    items: [
      [1, 'Mtsvadi, small'],
      [1, 'Mchadi'],
    ],
  },
  {
    number: '101',
    status: 'completed',
    fulfilment: 'pickup',
    minutes: 6,
    source: 'Till 2',
    paid: true,
    items: [[1, 'Lobiani']],
  },
  {
    number: '100',
    status: 'completed',
    fulfilment: 'delivery',
    minutes: 11,
    source: 'Bolt',
    externalId: '54-71',
    name: 'Sandro',
    paid: true,
    items: [[8, 'Khinkali, beef & pork']],
  },
  {
    number: '99',
    status: 'completed',
    fulfilment: 'dine_in',
    minutes: 14,
    source: 'Till 1',
    table: '4',
    covers: 2,
    paid: true,
    items: [
      [2, 'Kharcho'],
      [1, 'Saperavi, glass'],
    ],
  },
  {
    number: '103',
    status: 'cancelled',
    fulfilment: 'pickup',
    minutes: 4,
    source: 'Web',
    externalId: '8797',
    name: 'Giorgi',
    reason: 'Customer asked for it',
    items: [
      [1, 'Kharcho'],
      [1, 'Shotis puri'],
    ],
  },
  {
    number: '98',
    status: 'rejected',
    fulfilment: 'delivery',
    minutes: 22,
    source: 'Wolt',
    externalId: '9897',
    reason: 'Sold out',
    items: [[1, 'Trout']],
  },
];

/** A sketch as a whole order, at `now` ms. */
export function orderOf(sketch: Sketch, index: number, now: number): Order {
  const at = (minutesAgo: number) => new Date(now - minutesAgo * 60_000).toISOString();
  const placedAt = at(
    sketch.status === 'pending' || sketch.status === 'preparing' ? sketch.minutes : sketch.minutes + 3,
  );
  const items = sketch.items.map(([quantity, name, more = {}], i): Item => {
    const { with: modifiers = [], ...rest } = more;
    return {
      id: `i${i + 1}`,
      name,
      quantity,
      modifiers: modifiers.map((m) => ({ name: m, quantity: 1 })),
      note: null,
      allergens: [],
      station: null,
      course: null,
      unitPriceMinor: 900 + 250 * i,
      done: false,
      ...rest,
    };
  });
  return {
    id: `demo-${sketch.number}-${index}`,
    storeId: 'main',
    number: sketch.number,
    externalId: sketch.externalId ?? null,
    source: sketch.source,
    fulfilment: sketch.fulfilment,
    status: sketch.status,
    statusSince: at(sketch.minutes),
    priority: sketch.priority ?? false,
    firedCourse: sketch.firedCourse ?? 1,
    customer: sketch.name ? { ref: null, name: sketch.name, phone: sketch.phone ?? null } : null,
    table: sketch.table ?? null,
    covers: sketch.covers ?? null,
    items,
    note: sketch.note ?? null,
    currency: 'GEL',
    totalMinor: items.reduce((sum, item) => sum + item.quantity * (item.unitPriceMinor ?? 0), 0),
    payment: { status: sketch.paid ? 'paid' : 'unpaid', method: sketch.paid ? 'card' : null },
    placedAt,
    dueAt: sketch.due === undefined ? null : at(-sketch.due),
    acknowledgedAt: sketch.status !== 'pending' || sketch.seen ? placedAt : null,
    acknowledgedBy: null,
    reason: sketch.reason ?? null,
    createdAt: placedAt,
    updatedAt: placedAt,
    version: 1,
    seq: index + 1,
  };
}
