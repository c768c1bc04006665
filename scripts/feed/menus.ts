/** Three kitchens under one roof, as food halls have them. Prices in tetri. */

export interface Option {
  name: string;
  /** Added to the dish's price. */
  priceMinor?: number;
}
export interface Dish {
  name: string;
  priceMinor: number;
  station: string;
  course: number;
  /** How often it is ordered, relative to the others of its kitchen. */
  weight: number;
  /** Usually ordered by the piece, up to this many. */
  upTo?: number;
  options?: Option[];
  /** What an allergic guest must know about. */
  contains?: string[];
}
export interface Kitchen {
  name: string;
  weight: number;
  dishes: Dish[];
}

const BREAD: Option[] = [{ name: 'extra cheese', priceMinor: 300 }, { name: 'no egg' }, { name: 'well done' }];
const HEAT: Option[] = [
  { name: 'mild' },
  { name: 'Thai hot' },
  { name: 'no coriander' },
  { name: 'extra rice', priceMinor: 300 },
];
const PIE: Option[] = [
  { name: 'extra mozzarella', priceMinor: 400 },
  { name: 'no olives' },
  { name: 'cut in eight' },
  { name: 'thin crust' },
];

function dish(
  name: string,
  priceMinor: number,
  station: string,
  course: number,
  weight: number,
  more: Pick<Dish, 'upTo' | 'options' | 'contains'> = {},
): Dish {
  return { name, priceMinor, station, course, weight, ...more };
}

export const KITCHENS: Kitchen[] = [
  {
    name: 'Ezo',
    weight: 5,
    dishes: [
      dish('Khachapuri Adjaruli', 1850, 'oven', 2, 8, { options: BREAD, contains: ['milk', 'egg', 'gluten'] }),
      dish('Khachapuri Imeruli', 1600, 'oven', 2, 6, { options: BREAD, contains: ['milk', 'gluten'] }),
      dish('Khinkali, beef and pork', 190, 'pasta', 2, 9, { upTo: 12, contains: ['gluten'] }),
      dish('Badrijani with walnut', 1400, 'cold', 1, 5, { options: [{ name: 'no garlic' }], contains: ['nuts'] }),
      dish('Shkmeruli', 3200, 'oven', 2, 4, { options: [{ name: 'less garlic' }], contains: ['milk'] }),
      dish('Mtsvadi, pork', 2400, 'grill', 2, 6, {
        options: [{ name: 'well done' }, { name: 'extra tkemali', priceMinor: 250 }],
      }),
      dish('Churchkhela', 700, 'cold', 3, 2, { contains: ['nuts'] }),
      dish('Tarragon lemonade', 500, 'bar', 1, 6, { upTo: 3 }),
      dish('Saperavi, glass', 1200, 'bar', 1, 3, { upTo: 4, contains: ['sulphites'] }),
    ],
  },
  {
    name: 'Baan Thai · บ้านไทย',
    weight: 3,
    dishes: [
      dish('Tom Yum Goong · ต้มยำกุ้ง', 2300, 'wok', 1, 6, { options: HEAT, contains: ['shellfish', 'fish'] }),
      dish('Pad Thai · ผัดไทย', 2100, 'wok', 2, 8, {
        options: [...HEAT, { name: 'with prawns', priceMinor: 600 }],
        contains: ['peanuts', 'egg', 'fish'],
      }),
      dish('Pad Kra Pao · ผัดกะเพรา', 2200, 'wok', 2, 5, {
        options: [...HEAT, { name: 'fried egg', priceMinor: 200 }],
        contains: ['soy', 'fish'],
      }),
      dish('Spring rolls', 1100, 'fryer', 1, 4, { upTo: 3, contains: ['gluten', 'soy'] }),
      dish('Mango sticky rice', 1300, 'cold', 3, 4),
      dish('Thai iced tea', 700, 'bar', 1, 5, { upTo: 2, options: [{ name: 'no sugar' }], contains: ['milk'] }),
    ],
  },
  {
    name: 'Forno',
    weight: 4,
    dishes: [
      dish('Pizza Margherita', 1900, 'oven', 2, 8, { upTo: 2, options: PIE, contains: ['milk', 'gluten'] }),
      dish('Pizza Diavola', 2400, 'oven', 2, 6, { upTo: 2, options: PIE, contains: ['milk', 'gluten'] }),
      dish('Tagliatelle al ragù', 2300, 'pasta', 2, 4, {
        options: [{ name: 'no parmesan' }],
        contains: ['egg', 'gluten', 'milk'],
      }),
      dish('Caesar salad', 1700, 'cold', 1, 4, {
        options: [{ name: 'dressing on the side' }, { name: 'with chicken', priceMinor: 500 }],
        contains: ['fish', 'egg'],
      }),
      dish('Tiramisù', 1200, 'cold', 3, 4, { upTo: 2, contains: ['egg', 'milk', 'gluten'] }),
      dish('San Pellegrino', 600, 'bar', 1, 4, { upTo: 2 }),
    ],
  },
];
