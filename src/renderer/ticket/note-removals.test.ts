import { expect, test } from 'vitest';
import { noteRemovals } from './note-removals.ts';

const marked = (note: string) =>
  noteRemovals(note)
    .map(({ text, language }) => (language ? `[${language} ${text}]` : text))
    .join('');

test.each([
  ['no onion', '[en no] onion'],
  ['No Onion', '[en No] Onion'],
  ['extra sauce, no garlic, no nuts!', 'extra sauce, [en no] garlic, [en no] nuts!'],
  ['Cut in half. No salt please', 'Cut in half. [en No] salt please'],
  ['please no mayo and no ketchup', 'please [en no] mayo and [en no] ketchup'],
  ['well done without salt', 'well done [en without] salt'],
  ['hold the mayo', '[en hold the] mayo'],
  ['medium, w/o ice', 'medium, [en w/o] ice'],
  ['no onions\nno peppers', '[en no] onions\n[en no] peppers'],
  ['no picante', '[en no] picante'],
  ['ไม่ใส่ผักชี เผ็ดน้อย', '[th ไม่ใส่]ผักชี เผ็ดน้อย'],
  ['เผ็ดน้อย ไม่เอา ถั่ว', 'เผ็ดน้อย [th ไม่เอา] ถั่ว'],
  ['без лука', '[ru без] лука'],
  ['Поострее, без кинзы и без чеснока', 'Поострее, [ru без] кинзы и [ru без] чеснока'],
  ['Не класть майонез', '[ru Не класть] майонез'],
  ['ხახვის გარეშე', 'ხახვის [ka გარეშე]'],
  ['ცხარე, ნივრის გარეშე', 'ცხარე, ნივრის [ka გარეშე]'],
  ['poco hecho, sin cebolla', 'poco hecho, [es sin] cebolla'],
  ['Quitar el pepino', '[es Quitar] el pepino'],
  ['حار بدون بصل', 'حار [ar بدون] بصل'],
])('marks what is left out: %s', (note, expected) => {
  expect(marked(note)).toBe(expected);
});

test.each([
  'no rush',
  'No hurry, thanks',
  'no problem',
  'no thanks',
  'no, really hot',
  'no 5',
  'no later than 8',
  'no allergies',
  'Is there no onion?',
  'north sea, noodles, nori',
  'say yes or no',
  'made without delay',
  'well done',
  'no hay prisa',
  'no tocar el timbre',
  'sin prisa',
  'Sin problema',
  'sinaloa',
  'без спешки',
  'Без сдачи',
  'безе',
  'აჩქარების გარეშე',
  'გარეშე',
  'بدون استعجال',
  'ไม่เผ็ด',
  '',
])('marks nothing that is not left out: %s', (note) => {
  expect(marked(note)).toBe(note);
});
