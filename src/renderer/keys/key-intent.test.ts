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
  ['a slash that lies on the 7, as in German', press('/', 'Digit7'), { do: 'search' }],
  ['Esc', press('Escape', 'Escape'), { do: 'leave' }],
  ['a question mark', press('?', 'Slash'), { do: 'legend' }],
  ['F1', press('F1', 'F1'), { do: 'legend' }],
  ['a keyboard on the screen that says no place', press('r', ''), { do: 'recall' }],
  ['its digit', press('4', ''), { do: 'digit', digit: 4 }],
  ['its Enter', press('Enter', ''), { do: 'bump' }],
] as const)('%s is understood', (_, key, intent) => {
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
] as const)('on a bump bar %s of the pad (%s) is %s', (key, code, action) => {
  expect(keyIntent(press(key, code), BUMP_BAR)).toEqual({ do: action });
});

test('a digit goes on with the number that is being typed, also where it has another work', () => {
  expect(keyIntent(press('0', 'Numpad0'), BUMP_BAR, true)).toEqual({ do: 'digit', digit: 0 });
  expect(keyIntent(press('0', 'Digit0'), KEYBOARD, true)).toEqual({ do: 'digit', digit: 0 });
});

test('a key that was given another work does that', () => {
  const changed = { profile: 'keyboard' as const, changed: { bump: ['Space'], undo: ['Digit9'] } };
  expect(keyIntent(press(' ', 'Space'), changed)).toEqual({ do: 'bump' });
  expect(keyIntent(press('Enter', 'Enter'), changed)).toBeNull();
  expect(keyIntent(press('9', 'Digit9'), changed)).toEqual({ do: 'undo' });
});

test('0, other letters and anything with Ctrl, Alt or Meta are not ours', () => {
  for (const keys of [KEYBOARD, BUMP_BAR]) {
    expect(keyIntent(press('x', 'KeyX'), keys)).toBeNull();
    expect(keyIntent(press('r', 'KeyR', { ctrlKey: true }), keys)).toBeNull();
    expect(keyIntent(press('1', 'Digit1', { altKey: true }), keys)).toBeNull();
    expect(keyIntent(press('Enter', 'Enter', { metaKey: true }), keys)).toBeNull();
    expect(keyIntent(press('Clear', 'Numpad5'), keys)).toEqual({ do: 'digit', digit: 5 });
  }
  expect(keyIntent(press('0', 'Digit0'), KEYBOARD)).toBeNull();
});
