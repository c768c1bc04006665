import { expect, test } from 'vitest';
import { removalOf } from './removal.ts';

test.each([
  ['no onion', 'en', '[no] onion'],
  ['No  Onion', 'en', '[No]  Onion'],
  ['WITHOUT garlic', 'en', '[WITHOUT] garlic'],
  ['hold the mayo', 'en', '[hold the] mayo'],
  ['w/o ice', 'en', '[w/o] ice'],
  [' no salt ', 'en', '[no] salt'],
  ['ไม่ใส่ผักชี', 'th', '[ไม่ใส่]ผักชี'],
  ['ไม่ต้องใส่ ถั่ว', 'th', '[ไม่ต้องใส่] ถั่ว'],
  ['Без лука', 'ru', '[Без] лука'],
  ['ხახვის გარეშე', 'ka', 'ხახვის [გარეშე]'],
  ['sin cebolla', 'es', '[sin] cebolla'],
  ['no picante', 'en', '[no] picante'],
  ['بدون بصل', 'ar', '[بدون] بصل'],
])('%s leaves something out (%s)', (name, language, marked) => {
  const removal = removalOf(name);
  expect(removal?.language).toBe(language);
  expect(`${removal?.before}[${removal?.words}]${removal?.after}`).toBe(marked);
});

test.each([
  'extra cheese',
  'noodles',
  'No 5 sauce',
  'no',
  'nori',
  'hold until called',
  'безе',
  'sinaloa',
  'single',
  'გარეშე',
  'less garlic',
])('%s leaves nothing out', (name) => {
  expect(removalOf(name)).toBeNull();
});
