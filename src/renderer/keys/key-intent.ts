/** What a key asks for. */
export type KeyIntent =
  | { do: 'pick'; index: number }
  | { do: 'move'; direction: 'up' | 'down' | 'left' | 'right' }
  | { do: 'bump' | 'recall' | 'seen' | 'more' | 'leave' };

/** The part of a KeyboardEvent that decides. `code` is the place on the keyboard, so that R is R in every language. */
export interface Key {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

const ARROWS: Record<string, 'up' | 'down' | 'left' | 'right'> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};
const LETTERS: Record<string, 'recall' | 'seen' | 'more'> = { KeyR: 'recall', KeyA: 'seen', KeyM: 'more' };

/** Null: not ours. The number pad counts like the digits above the letters. */
export function keyIntent({ key, code, ctrlKey, altKey, metaKey }: Key): KeyIntent | null {
  if (ctrlKey || altKey || metaKey) return null;
  const arrow = ARROWS[key];
  if (arrow) return { do: 'move', direction: arrow };
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  if (digit) return { do: 'pick', index: Number(digit) - 1 };
  const letter = LETTERS[code];
  if (letter) return { do: letter };
  if (key === 'Enter') return { do: 'bump' };
  return key === 'Escape' ? { do: 'leave' } : null;
}
