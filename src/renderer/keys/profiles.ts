import { KEY_ACTIONS, type KeyAction } from '#contract/setting-names.ts';
import type { Settings } from '#contract/settings.ts';

export type Keys = Settings['keys'];

/** Used until the settings are known, so that no key press is lost. */
export const FIRST_KEYS: Keys = { profile: 'keyboard', digits: 'select', changed: {}, legend: false };

const EVERYWHERE = {
  up: ['ArrowUp'],
  down: ['ArrowDown'],
  left: ['ArrowLeft'],
  right: ['ArrowRight'],
  first: ['Home'],
  last: ['End'],
  bump: ['Enter', 'NumpadEnter'],
  summary: ['KeyS'],
  page_back: ['PageUp'],
  search: ['Slash'],
};

/**
 * The built-in profiles: `KeyboardEvent.code` per action. A code is a position on the keyboard, independent of the layout. The
 * bump bar needs only the number pad, with NumLock on or off.
 */
export const PROFILES: Record<Keys['profile'], Record<KeyAction, readonly string[]>> = {
  keyboard: {
    ...EVERYWHERE,
    recall: ['KeyR'],
    undo: ['KeyU'],
    priority: ['KeyP'],
    seen: ['KeyA'],
    more: ['KeyM'],
    page_next: ['PageDown'],
    leave: ['Escape'],
  },
  bump_bar: {
    ...EVERYWHERE,
    recall: ['NumpadSubtract', 'Minus', 'KeyR'],
    undo: ['NumpadDecimal', 'Period', 'KeyU'],
    priority: ['NumpadMultiply', 'KeyP'],
    seen: ['NumpadAdd', 'KeyA'],
    more: ['NumpadDivide', 'KeyM'],
    page_next: ['Numpad0', 'Digit0', 'PageDown'],
    leave: ['Escape', 'Backspace'],
  },
};

/** The codes of an action: reassigned, else the profile's. */
export const codesOf = (
  { profile, changed }: Pick<Keys, 'profile' | 'changed'>,
  action: KeyAction,
): readonly string[] => changed[action] ?? PROFILES[profile][action];

/** The action of a code. A reassigned code no longer triggers the profile's action. */
export function actionOf(keys: Pick<Keys, 'profile' | 'changed'>, code: string): KeyAction | null {
  const has = (action: KeyAction): boolean => codesOf(keys, action).includes(code);
  return (
    KEY_ACTIONS.find((action) => keys.changed[action] && has(action)) ??
    KEY_ACTIONS.find((action) => has(action)) ??
    null
  );
}

/** Codes that several actions use, with those actions; the first reassigned one wins. */
export function conflictsOf(keys: Pick<Keys, 'profile' | 'changed'>): { code: string; actions: KeyAction[] }[] {
  const wanted = new Map<string, KeyAction[]>();
  for (const action of KEY_ACTIONS)
    for (const code of new Set(codesOf(keys, action))) wanted.set(code, [...(wanted.get(code) ?? []), action]);
  return [...wanted].flatMap(([code, actions]) => (actions.length > 1 ? [{ code, actions }] : []));
}

const LABELS: Record<string, string> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
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

/** The label of a key on an English keyboard; number pad keys are marked. */
export function labelOf(code: string): string {
  const pad = /^Numpad(.+)$/.exec(code)?.[1];
  if (pad) return `Num ${labelOf(pad)}`;
  return LABELS[code] ?? code.replace(/^(?:Key|Digit)(?=.$)/, '');
}
