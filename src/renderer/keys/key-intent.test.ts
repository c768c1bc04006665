import { expect, test } from 'vitest';
import { type Key, keyIntent } from './key-intent.ts';

const press = (key: string, code: string, more: Partial<Key> = {}): Key => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

test.each([
  ['a digit', press('3', 'Digit3'), { do: 'pick', index: 2 }],
  ['a digit of the number pad', press('9', 'Numpad9'), { do: 'pick', index: 8 }],
  ['an arrow', press('ArrowLeft', 'ArrowLeft'), { do: 'move', direction: 'left' }],
  ['an arrow of the number pad with NumLock off', press('ArrowUp', 'Numpad8'), { do: 'move', direction: 'up' }],
  ['Enter', press('Enter', 'Enter'), { do: 'bump' }],
  ['Enter of the number pad', press('Enter', 'NumpadEnter'), { do: 'bump' }],
  ['R', press('r', 'KeyR'), { do: 'recall' }],
  ['R on a Russian keyboard', press('к', 'KeyR'), { do: 'recall' }],
  ['A', press('a', 'KeyA'), { do: 'seen' }],
  ['M', press('m', 'KeyM'), { do: 'more' }],
  ['Esc', press('Escape', 'Escape'), { do: 'leave' }],
] as const)('%s is understood', (_, key, intent) => {
  expect(keyIntent(key)).toEqual(intent);
});

test('0, other letters and anything with Ctrl, Alt or Meta are not ours', () => {
  expect(keyIntent(press('0', 'Digit0'))).toBeNull();
  expect(keyIntent(press('x', 'KeyX'))).toBeNull();
  expect(keyIntent(press('r', 'KeyR', { ctrlKey: true }))).toBeNull();
  expect(keyIntent(press('1', 'Digit1', { altKey: true }))).toBeNull();
  expect(keyIntent(press('Enter', 'Enter', { metaKey: true }))).toBeNull();
});
