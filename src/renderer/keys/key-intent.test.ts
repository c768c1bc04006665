import { expect, test } from 'vitest';
import { isContinued, type Key, keyIntent, type Typed, typedNumber } from './key-intent.ts';

const press = (key: string, code: string, more: Partial<Key> = {}): Key => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});
const KEYBOARD = { profile: 'keyboard', changed: {} } as const;
const BUMP_BAR = { profile: 'bump_bar', changed: {} } as const;

test.each([
  ['a digit', press('3', 'Digit3'), { do: 'digit', digit: 3 }],
  ['a digit of the number pad', press('9', 'Numpad9'), { do: 'digit', digit: 9 }],
  ['a digit of a French keyboard', press('&', 'Digit1'), { do: 'digit', digit: 1 }],
  ['an arrow', press('ArrowLeft', 'ArrowLeft'), { do: 'left' }],
  ['an arrow of the number pad with NumLock off', press('ArrowUp', 'Numpad8'), { do: 'up' }],
  ['a page of the number pad with NumLock off', press('PageDown', 'Numpad3'), { do: 'page_next' }],
  ['an end of the number pad with NumLock off', press('Home', 'Numpad7'), { do: 'first' }],
  ['End', press('End', 'End'), { do: 'last' }],
  ['PageUp', press('PageUp', 'PageUp'), { do: 'page_back' }],
  ['Enter', press('Enter', 'Enter'), { do: 'bump' }],
  ['Enter of the number pad', press('Enter', 'NumpadEnter'), { do: 'bump' }],
  ['R', press('r', 'KeyR'), { do: 'recall' }],
  ['R on a Russian keyboard', press('к', 'KeyR'), { do: 'recall' }],
  ['R with CapsLock', press('R', 'KeyR'), { do: 'recall' }],
  ['U', press('u', 'KeyU'), { do: 'undo' }],
  ['P', press('p', 'KeyP'), { do: 'priority' }],
  ['S', press('s', 'KeyS'), { do: 'summary' }],
  ['A', press('a', 'KeyA'), { do: 'seen' }],
  ['M', press('m', 'KeyM'), { do: 'more' }],
  ['a slash', press('/', 'Slash'), { do: 'search' }],
  ['a slash on the 7 key, as in German', press('/', 'Digit7'), { do: 'search' }],
  ['Esc', press('Escape', 'Escape'), { do: 'leave' }],
  ['a question mark', press('?', 'Slash'), { do: 'legend' }],
  ['F1', press('F1', 'F1'), { do: 'legend' }],
  ['a letter of an on-screen keyboard without key codes', press('r', ''), { do: 'recall' }],
  ['a digit of such a keyboard', press('4', ''), { do: 'digit', digit: 4 }],
  ['Enter of such a keyboard', press('Enter', ''), { do: 'bump' }],
] as const)('recognises %s', (_, key, intent) => {
  expect(keyIntent(key, KEYBOARD)).toEqual(intent);
});

test.each([
  ['+', 'NumpadAdd', 'seen'],
  ['-', 'NumpadSubtract', 'recall'],
  ['*', 'NumpadMultiply', 'priority'],
  ['/', 'NumpadDivide', 'more'],
  ['.', 'NumpadDecimal', 'undo'],
  [',', 'NumpadDecimal', 'undo'],
  ['Delete', 'NumpadDecimal', 'undo'],
  ['0', 'Numpad0', 'page_next'],
  ['Insert', 'Numpad0', 'page_next'],
  ['Enter', 'NumpadEnter', 'bump'],
  ['Backspace', 'Backspace', 'leave'],
] as const)('maps %s (%s) on a bump bar to %s', (key, code, action) => {
  expect(keyIntent(press(key, code), BUMP_BAR)).toEqual({ do: action });
});

test('a digit continues a number being typed, even if it has another action', () => {
  expect(keyIntent(press('0', 'Numpad0'), BUMP_BAR, true)).toEqual({ do: 'digit', digit: 0 });
  expect(keyIntent(press('0', 'Digit0'), KEYBOARD, true)).toEqual({ do: 'digit', digit: 0 });
});

test('a reassigned key runs its new action', () => {
  const changed = { profile: 'keyboard' as const, changed: { bump: ['Space'], undo: ['Digit9'] } };
  expect(keyIntent(press(' ', 'Space'), changed)).toEqual({ do: 'bump' });
  expect(keyIntent(press('Enter', 'Enter'), changed)).toBeNull();
  expect(keyIntent(press('9', 'Digit9'), changed)).toEqual({ do: 'undo' });
});

test('ignores 0, other letters and anything with Ctrl, Alt or Meta', () => {
  for (const keys of [KEYBOARD, BUMP_BAR]) {
    expect(keyIntent(press('x', 'KeyX'), keys)).toBeNull();
    expect(keyIntent(press('r', 'KeyR', { ctrlKey: true }), keys)).toBeNull();
    expect(keyIntent(press('1', 'Digit1', { altKey: true }), keys)).toBeNull();
    expect(keyIntent(press('Enter', 'Enter', { metaKey: true }), keys)).toBeNull();
    expect(keyIntent(press('Clear', 'Numpad5'), keys)).toEqual({ do: 'digit', digit: 5 });
  }
  expect(keyIntent(press('0', 'Digit0'), KEYBOARD)).toBeNull();
});

/** Types digits, each so many ms after the one before. */
function type(count: number, ...digits: (readonly [digit: number, after: number])[]): number {
  let typed: Typed | null = null;
  let at = 0;
  for (const [digit, after] of digits) {
    at += after;
    typed = typedNumber(typed, digit, at, count);
  }
  return typed?.number ?? 0;
}

test.each([
  ['one digit is a number', 24, [[7, 0]], 7],
  [
    'two digits in a row are one number',
    24,
    [
      [1, 0],
      [2, 300],
    ],
    12,
  ],
  [
    'the second digit can be 0',
    24,
    [
      [2, 0],
      [0, 300],
    ],
    20,
  ],
  [
    'starts over after a pause',
    24,
    [
      [1, 0],
      [2, 900],
    ],
    2,
  ],
  [
    'starts over above the number of tickets',
    11,
    [
      [1, 0],
      [2, 300],
    ],
    2,
  ],
  [
    'each digit is a number with at most nine tickets',
    9,
    [
      [1, 0],
      [2, 100],
    ],
    2,
  ],
  [
    'starts over with a third digit',
    24,
    [
      [1, 0],
      [2, 100],
      [3, 100],
    ],
    3,
  ],
] as const)('%s', (_, count, digits, number) => {
  expect(type(count, ...digits)).toBe(number);
});

test('another digit continues a number only briefly, and only with enough tickets', () => {
  expect(isContinued(null, 0, 24)).toBe(false);
  expect(isContinued({ number: 1, at: 0 }, 100, 10)).toBe(true);
  expect(isContinued({ number: 1, at: 0 }, 100, 9)).toBe(false);
  expect(isContinued({ number: 3, at: 0 }, 100, 24)).toBe(false);
  expect(isContinued({ number: 1, at: 0 }, 800, 24)).toBe(false);
});
