import { expect, test } from 'vitest';
import { KEY_ACTIONS } from '#contract/setting-names.ts';
import { actionOf, codesOf, conflictsOf, labelOf, PROFILES } from './profiles.ts';

const NAMES = ['keyboard', 'bump_bar'] as const;

test.each(NAMES)('the profile %s has a key for every action, and no key twice', (profile) => {
  for (const action of KEY_ACTIONS) expect(PROFILES[profile][action], action).not.toEqual([]);
  expect(conflictsOf({ profile, changed: {} })).toEqual([]);
});

test('gives every key on the number pad of a bump bar an action', () => {
  const keys = { profile: 'bump_bar', changed: {} } as const;
  const pad = ['Enter', 'Add', 'Subtract', 'Multiply', 'Divide', 'Decimal', '0'].map((key) => `Numpad${key}`);
  expect(pad.map((code) => actionOf(keys, code))).toEqual([
    'bump',
    'seen',
    'recall',
    'priority',
    'more',
    'undo',
    'page_next',
  ]);
});

test('a reassigned key replaces the profile’s', () => {
  const changed = { profile: 'keyboard' as const, changed: { recall: ['KeyX'] } };
  expect(codesOf(changed, 'recall')).toEqual(['KeyX']);
  expect(actionOf(changed, 'KeyX')).toBe('recall');
  expect(actionOf(changed, 'KeyR')).toBeNull();
});

test('reports a key with two actions; the reassigned one wins', () => {
  const keys = { profile: 'keyboard' as const, changed: { undo: ['KeyP', 'KeyU'] } };
  expect(conflictsOf(keys)).toEqual([{ code: 'KeyP', actions: ['undo', 'priority'] }]);
  expect(actionOf(keys, 'KeyP')).toBe('undo');
});

test('an action can be left without a key', () => {
  expect(actionOf({ profile: 'keyboard', changed: { priority: [] } }, 'KeyP')).toBeNull();
});

test.each([
  ['KeyR', 'R'],
  ['Digit1', '1'],
  ['Numpad7', 'Num 7'],
  ['NumpadAdd', 'Num +'],
  ['NumpadEnter', 'Num Enter'],
  ['ArrowUp', 'Up'],
  ['Escape', 'Esc'],
  ['F9', 'F9'],
] as const)('%s is written %s', (code, label) => {
  expect(labelOf(code)).toBe(label);
});
