/** A quarter to eight on a Friday, oldest first. Each order is placed `minutesAgo` and then taken through `steps`. */
export interface SceneOrder {
  minutesAgo: number;
  /** Promised for so many minutes from now. */
  dueInMinutes?: number;
  /** Statuses after `pending`, with a reason where one is needed. */
  steps: { status: string; reason?: string }[];
  /** The rest of the body of `POST /orders`. */
  body: Record<string, unknown>;
}

const dish = (quantity: number, name: string, more: Record<string, unknown> = {}) => ({ quantity, name, ...more });
const plus = (...names: string[]) => ({ modifiers: names.map((name) => ({ name })) });
const PREPARING = [{ status: 'preparing' }];
const READY = [...PREPARING, { status: 'ready' }];
const OUT = [...READY, { status: 'delivering' }];
const PAID = { payment: { status: 'paid', method: 'card' } };

export const SCENE: SceneOrder[] = [
  {
    minutesAgo: 26,
    steps: [...READY, { status: 'completed' }],
    body: { number: '106', totalMinor: 3400, ...PAID, items: [dish(2, 'Ojakhuri with pork')] },
  },
  {
    minutesAgo: 19,
    steps: OUT,
    body: {
      number: '107',
      source: 'bolt',
      externalId: 'BF-5528',
      fulfilment: 'delivery',
      customer: { name: 'Giorgi' },
      totalMinor: 4200,
      ...PAID,
      items: [dish(2, 'Pizza quattro formaggi', plus('thin crust')), dish(1, 'Tarragon lemonade')],
    },
  },
  {
    minutesAgo: 12,
    steps: PREPARING,
    body: {
      number: '109',
      source: 'wolt',
      externalId: 'W-9920',
      fulfilment: 'delivery',
      customer: { name: 'Ana' },
      totalMinor: 5400,
      ...PAID,
      items: [dish(1, 'Mtsvadi, large', { note: 'well done' }), dish(2, 'Tkemali'), dish(4, 'Khinkali, beef & pork')],
    },
  },
  {
    minutesAgo: 9,
    steps: READY,
    body: {
      number: '108',
      source: 'web',
      externalId: '8809',
      customer: { name: 'David' },
      totalMinor: 2600,
      ...PAID,
      items: [dish(2, 'Lobiani', { done: true }), dish(1, 'Khachapuri Imeruli', { done: true })],
    },
  },
  {
    minutesAgo: 6.5,
    steps: PREPARING,
    body: {
      number: '112',
      source: 'till',
      totalMinor: 3900,
      ...PAID,
      items: [dish(1, 'Ojakhuri with pork', plus('adjika')), dish(1, 'Lobio in a clay pot'), dish(3, 'Mchadi')],
    },
  },
  {
    minutesAgo: 6,
    steps: [...PREPARING, { status: 'cancelled', reason: 'Customer asked for it' }],
    body: { number: '113', source: 'web', totalMinor: 2300, items: [dish(1, 'Kharcho'), dish(1, 'Shotis puri')] },
  },
  {
    minutesAgo: 4.2,
    steps: READY,
    body: {
      number: '114',
      fulfilment: 'dine_in',
      table: '3',
      covers: 2,
      totalMinor: 4800,
      items: [
        dish(1, 'ผัดไทย · Pad Thai', { ...plus('prawns', 'mild'), allergens: ['peanut', 'shellfish'], done: true }),
        dish(1, 'ต้มข่าไก่ · Tom kha', { done: true }),
      ],
    },
  },
  {
    minutesAgo: 3.7,
    steps: PREPARING,
    body: {
      number: '115',
      fulfilment: 'dine_in',
      table: '7',
      covers: 4,
      totalMinor: 9600,
      items: [
        dish(1, 'Pkhali trio', { course: 1, done: true }),
        dish(2, 'Chakapuli', { course: 1, ...plus('lamb') }),
        dish(1, 'Shkmeruli', { course: 2 }),
        dish(2, 'Churchkhela', { course: 3 }),
      ],
    },
  },
  {
    minutesAgo: 2,
    dueInMinutes: 18,
    steps: PREPARING,
    body: {
      number: '116',
      fulfilment: 'booking',
      customer: { name: '王小明' },
      covers: 6,
      totalMinor: 21400,
      items: [dish(2, 'Supra for three', { note: 'one vegetarian' }), dish(1, 'Saperavi, bottle')],
    },
  },
  {
    minutesAgo: 0.4,
    steps: [],
    body: {
      number: '117',
      source: 'web',
      externalId: '8812',
      customer: { name: 'Нино Беридзе' },
      totalMinor: 4700,
      items: [
        dish(2, 'Khachapuri Adjaruli', { ...plus('extra cheese', 'no egg'), allergens: ['nuts'] }),
        dish(1, 'Badrijani', { note: 'no walnut' }),
        dish(2, 'Tarragon lemonade'),
      ],
    },
  },
  {
    minutesAgo: 0.1,
    steps: [],
    body: {
      number: '118',
      source: 'bolt',
      externalId: 'BF-5531',
      fulfilment: 'delivery',
      customer: { name: 'ญาดา' },
      note: 'Call on arrival, the bell is broken',
      totalMinor: 3300,
      ...PAID,
      items: [dish(6, 'Khinkali, beef & pork'), dish(5, 'Khinkali, mushroom')],
    },
  },
];
