import { KEY_ACTIONS, type KeyAction } from '#contract/setting-names.ts';
import type { Settings } from '#contract/settings.ts';

export type Keys = Settings['keys'];

/** Until the settings are known: the board may be a moment earlier, and no press is lost. */
export const FIRST_KEYS: Keys = { profile: 'keyboard', digits: 'select', changed: {}, legend: false };

const ARROWS = { up: ['ArrowUp'], down: ['ArrowDown'], left: ['ArrowLeft'], right: ['ArrowRight'] };
const ENDS = { first: ['Home'], last: ['End'] };

/**
 * The ready profiles: `KeyboardEvent.code` per action. A code is a place on the keyboard, so that R is R in every language.
 * Everything that a bump bar is needed for lies on the number pad, with NumLock on or off.
 */
export const PROFILES: Record<Keys['profile'], Record<KeyAction, readonly string[]>> = {
  keyboard: {
    ...ARROWS,
    ...ENDS,
    bump: ['Enter', 'NumpadEnter'],
    recall: ['KeyR'],
    undo: ['KeyU'],
    priority: ['KeyP'],
    summary: ['KeyS'],
    seen: ['KeyA'],
    more: ['KeyM'],
    page_next: ['PageDown'],
    page_back: ['PageUp'],
    search: ['Slash'],
    leave: ['Escape'],
  },
  bump_bar: {
    ...ARROWS,
    ...ENDS,
    bump: ['Enter', 'NumpadEnter'],
    recall: ['NumpadSubtract', 'Minus', 'KeyR'],
    undo: ['NumpadDecimal', 'Period', 'KeyU'],
    priority: ['NumpadMultiply', 'KeyP'],
    summary: ['KeyS'],
    seen: ['NumpadAdd', 'KeyA'],
    more: ['NumpadDivide', 'KeyM'],
    page_next: ['Numpad0', 'Digit0', 'PageDown'],
    page_back: ['PageUp'],
    search: ['Slash'],
    leave: ['Escape', 'Backspace'],
  },
};

/** The codes of an action: as changed, else the profile's. */
export const codesOf = (
  { profile, changed }: Pick<Keys, 'profile' | 'changed'>,
  action: KeyAction,
): readonly string[] => changed[action] ?? PROFILES[profile][action];

/** What a code does. One that was given to an action by hand is taken from the action whose profile has it. */
export function actionOf(keys: Pick<Keys, 'profile' | 'changed'>, code: string): KeyAction | null {
  const has = (action: KeyAction): boolean => codesOf(keys, action).includes(code);
  return (
    KEY_ACTIONS.find((action) => keys.changed[action] && has(action)) ??
    KEY_ACTIONS.find((action) => has(action)) ??
    null
  );
}

/** Codes that more than one action asks for, with those actions; only the first that was given by hand gets it. */
export function conflictsOf(keys: Pick<Keys, 'profile' | 'changed'>): { code: string; actions: KeyAction[] }[] {
  const wanted = new Map<string, KeyAction[]>();
  for (const action of KEY_ACTIONS)
    for (const code of new Set(codesOf(keys, action))) wanted.set(code, [...(wanted.get(code) ?? []), action]);
  return [...wanted].flatMap(([code, actions]) => (actions.length > 1 ? [{ code, actions }] : []));
}

const LABELS: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  Backspace: '⌫',
  Slash: '/',
  Period: '.',
  Comma: ',',
  Minus: '−',
  Equal: '=',
  Add: '+',
  Subtract: '−',
  Multiply: '×',
  Divide: '÷',
  Decimal: '.',
};

/** What stands on the key, as on an English keyboard; those of the number pad are told apart. */
export function labelOf(code: string): string {
  const pad = /^Numpad(.+)$/.exec(code)?.[1];
  if (pad) return `Num ${labelOf(pad)}`;
  return LABELS[code] ?? code.replace(/^(?:Key|Digit)(?=.$)/, '');
}
