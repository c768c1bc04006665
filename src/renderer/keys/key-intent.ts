import type { KeyAction } from '#contract/setting-names.ts';
import { actionOf, type Keys } from './profiles.ts';

/** What a key asks for. */
export type KeyIntent = { do: 'digit'; digit: number } | { do: 'legend' } | { do: KeyAction };

/** The part of a KeyboardEvent that decides. */
export interface Key {
  key: string;
  /** The position on the keyboard; empty from some on-screen keyboards. */
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** Values of `key` on the number pad with NumLock off. */
const WITHOUT_NUM_LOCK = new Set([
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ...['Home', 'End', 'PageUp', 'PageDown'],
]);

/**
 * Null: the key means nothing here.
 *
 * @param typing a number is being typed: a digit continues it, whatever else the key does
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
  // The position of the slash differs between layouts; on some it shares a digit key.
  if (key === '/' && code !== 'NumpadDivide') return 'Slash';
  if (code === '') return /^\d$/.test(key) ? `Digit${key}` : key.length === 1 ? `Key${key.toUpperCase()}` : key;
  return code.startsWith('Numpad') && WITHOUT_NUM_LOCK.has(key) ? key : code;
}

/** Digits within this time form one number, ms. */
const SAME_NUMBER_MS = 800;

/** The number typed so far, and when, ms. */
export interface Typed {
  number: number;
  at: number;
}

/** The number after one more digit. A number above `count` starts over with the digit. */
export function typedNumber(before: Typed | null, digit: number, at: number, count: number): Typed {
  const longer = before && isContinued(before, at, count) ? before.number * 10 + digit : digit;
  return { number: longer <= count ? longer : digit, at };
}

/** Whether another digit continues this number: it is recent, and there are enough tickets. */
export const isContinued = (typed: Typed | null, at: number, count: number): boolean =>
  typed !== null && typed.number > 0 && typed.number * 10 <= count && at - typed.at < SAME_NUMBER_MS;
