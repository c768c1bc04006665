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
  /** How often it is ordered, against the others of its kitchen. */
  weight: number;
  /** Usually ordered by the piece, up to this many. */
  upTo?: number;
  options?: Option[];
  /** What a guest who must not have it should have been told. */
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

export const KITCHENS: Kitchen[] = [
  {
    name: 'Ezo',
    weight: 5,
    dishes: [
      {
        name: 'Khachapuri Adjaruli',
        priceMinor: 1850,
        station: 'oven',
        course: 2,
        weight: 8,
        options: BREAD,
        contains: ['milk', 'egg', 'gluten'],
      },
      {
        name: 'Khachapuri Imeruli',
        priceMinor: 1600,
        station: 'oven',
        course: 2,
        weight: 6,
        options: BREAD,
        contains: ['milk', 'gluten'],
      },
      {
        name: 'Khinkali, beef and pork',
        priceMinor: 190,
        station: 'pasta',
        course: 2,
        weight: 9,
        upTo: 12,
        contains: ['gluten'],
      },
      {
        name: 'Khinkali, mushroom',
        priceMinor: 180,
        station: 'pasta',
        course: 2,
        weight: 4,
        upTo: 8,
        contains: ['gluten'],
      },
      {
        name: 'Badrijani with walnut',
        priceMinor: 1400,
        station: 'cold',
        course: 1,
        weight: 5,
        options: [{ name: 'no garlic' }],
        contains: ['nuts'],
      },
      { name: 'Pkhali trio', priceMinor: 1500, station: 'cold', course: 1, weight: 4, contains: ['nuts'] },
      {
        name: 'Shkmeruli',
        priceMinor: 3200,
        station: 'oven',
        course: 2,
        weight: 4,
        options: [{ name: 'less garlic' }],
        contains: ['milk'],
      },
      {
        name: 'Mtsvadi, pork',
        priceMinor: 2400,
        station: 'grill',
        course: 2,
        weight: 6,
        options: [{ name: 'well done' }, { name: 'extra tkemali', priceMinor: 250 }],
      },
      {
        name: 'Ojakhuri',
        priceMinor: 2200,
        station: 'grill',
        course: 2,
        weight: 5,
        options: [{ name: 'no onion' }, { name: 'adjika', priceMinor: 200 }],
      },
      {
        name: 'Lobio in a clay pot',
        priceMinor: 1250,
        station: 'oven',
        course: 2,
        weight: 3,
        options: [{ name: 'with mchadi', priceMinor: 300 }],
      },
      { name: 'Chikhirtma', priceMinor: 1300, station: 'oven', course: 1, weight: 2, contains: ['egg'] },
      { name: 'Churchkhela', priceMinor: 700, station: 'cold', course: 3, weight: 2, contains: ['nuts'] },
      { name: 'Tarragon lemonade', priceMinor: 500, station: 'bar', course: 1, weight: 6, upTo: 3 },
      {
        name: 'Saperavi, glass',
        priceMinor: 1200,
        station: 'bar',
        course: 1,
        weight: 3,
        upTo: 4,
        contains: ['sulphites'],
      },
    ],
  },
  {
    name: 'Baan Thai · บ้านไทย',
    weight: 3,
    dishes: [
      {
        name: 'Tom Yum Goong · ต้มยำกุ้ง',
        priceMinor: 2300,
        station: 'wok',
        course: 1,
        weight: 6,
        options: HEAT,
        contains: ['shellfish', 'fish'],
      },
      {
        name: 'Pad Thai · ผัดไทย',
        priceMinor: 2100,
        station: 'wok',
        course: 2,
        weight: 8,
        options: [...HEAT, { name: 'with prawns', priceMinor: 600 }],
        contains: ['peanuts', 'egg', 'fish'],
      },
      {
        name: 'Green curry, chicken',
        priceMinor: 2400,
        station: 'wok',
        course: 2,
        weight: 6,
        options: HEAT,
        contains: ['fish', 'shellfish'],
      },
      {
        name: 'Pad Kra Pao · ผัดกะเพรา',
        priceMinor: 2200,
        station: 'wok',
        course: 2,
        weight: 5,
        options: [...HEAT, { name: 'fried egg', priceMinor: 200 }],
        contains: ['soy', 'fish'],
      },
      {
        name: 'Som Tam · ส้มตำ',
        priceMinor: 1600,
        station: 'cold',
        course: 1,
        weight: 4,
        options: HEAT,
        contains: ['peanuts', 'fish'],
      },
      {
        name: 'Spring rolls',
        priceMinor: 1100,
        station: 'fryer',
        course: 1,
        weight: 4,
        upTo: 3,
        contains: ['gluten', 'soy'],
      },
      { name: 'Jasmine rice', priceMinor: 400, station: 'wok', course: 2, weight: 5, upTo: 3 },
      { name: 'Mango sticky rice', priceMinor: 1300, station: 'cold', course: 3, weight: 4 },
      {
        name: 'Thai iced tea',
        priceMinor: 700,
        station: 'bar',
        course: 1,
        weight: 5,
        upTo: 2,
        options: [{ name: 'no sugar' }],
        contains: ['milk'],
      },
    ],
  },
  {
    name: 'Forno',
    weight: 4,
    dishes: [
      {
        name: 'Pizza Margherita',
        priceMinor: 1900,
        station: 'oven',
        course: 2,
        weight: 8,
        upTo: 2,
        options: PIE,
        contains: ['milk', 'gluten'],
      },
      {
        name: 'Pizza Diavola',
        priceMinor: 2400,
        station: 'oven',
        course: 2,
        weight: 6,
        upTo: 2,
        options: PIE,
        contains: ['milk', 'gluten'],
      },
      {
        name: 'Pizza Quattro Formaggi',
        priceMinor: 2600,
        station: 'oven',
        course: 2,
        weight: 4,
        options: PIE,
        contains: ['milk', 'gluten'],
      },
      {
        name: 'Pizza half Diavola, half Funghi',
        priceMinor: 2600,
        station: 'oven',
        course: 2,
        weight: 2,
        options: PIE,
        contains: ['milk', 'gluten'],
      },
      {
        name: 'Tagliatelle al ragù',
        priceMinor: 2300,
        station: 'pasta',
        course: 2,
        weight: 4,
        options: [{ name: 'no parmesan' }],
        contains: ['egg', 'gluten', 'milk'],
      },
      {
        name: 'Caesar salad',
        priceMinor: 1700,
        station: 'cold',
        course: 1,
        weight: 4,
        options: [{ name: 'dressing on the side' }, { name: 'with chicken', priceMinor: 500 }],
        contains: ['fish', 'egg'],
      },
      { name: 'Focaccia', priceMinor: 700, station: 'oven', course: 1, weight: 3, contains: ['gluten'] },
      {
        name: 'Tiramisù',
        priceMinor: 1200,
        station: 'cold',
        course: 3,
        weight: 4,
        upTo: 2,
        contains: ['egg', 'milk', 'gluten'],
      },
      { name: 'San Pellegrino', priceMinor: 600, station: 'bar', course: 1, weight: 4, upTo: 2 },
    ],
  },
];
