import type { KeyAction } from '#contract/setting-names.ts';
import { actionOf, type Keys } from './profiles.ts';

/** What a key asks for. */
export type KeyIntent = { do: 'digit'; digit: number } | { do: 'legend' } | { do: KeyAction };

/** The part of a KeyboardEvent that decides. */
export interface Key {
  key: string;
  /** The place on the keyboard; empty from some keyboards on a screen. */
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** What the keys of the number pad say with NumLock off. */
const WITHOUT_NUM_LOCK = new Set([
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ...['Home', 'End', 'PageUp', 'PageDown'],
]);

/**
 * Null: not ours.
 *
 * @param typing a number is being typed that can go on: a digit is its next one, whatever else it does
 */
export function keyIntent(pressed: Key, keys: Pick<Keys, 'profile' | 'changed'>, typing = false): KeyIntent | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return null;
  if (pressed.key === '?' || pressed.code === 'F1') return { do: 'legend' };
  const code = codeMeant(pressed);
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  const action = typing && digit !== undefined ? null : actionOf(keys, code);
  if (action) return { do: action };
  return digit === undefined || (digit === '0' && !typing) ? null : { do: 'digit', digit: Number(digit) };
}

function codeMeant({ key, code }: Key): string {
  // A slash lies elsewhere on every keyboard, and on some of them on a digit.
  if (key === '/' && code !== 'NumpadDivide') return 'Slash';
  if (code === '') return /^\d$/.test(key) ? `Digit${key}` : key.length === 1 ? `Key${key.toUpperCase()}` : key;
  return code.startsWith('Numpad') && WITHOUT_NUM_LOCK.has(key) ? key : code;
}

/** Digits that follow one another this fast are one number, ms. */
const TOGETHER_MS = 800;

/** A number as far as it was typed, and when, ms. */
export interface Typed {
  number: number;
  at: number;
}

/** The number after one more digit. A number above `count` starts over with the digit. */
export function typedNumber(before: Typed | null, digit: number, at: number, count: number): Typed {
  const longer = before && goesOn(before, at, count) ? before.number * 10 + digit : digit;
  return { number: longer <= count ? longer : digit, at };
}

/** Whether another digit would be the next one of this number: there are so many tickets, and it was typed just now. */
export const goesOn = (typed: Typed | null, at: number, count: number): boolean =>
  typed !== null && typed.number > 0 && typed.number * 10 <= count && at - typed.at < TOGETHER_MS;
