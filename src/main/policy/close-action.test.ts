import { describe, expect, test } from 'vitest';
import { type CloseFacts, closeAction } from './close-action.ts';

type Means = ReturnType<typeof closeAction>;
/** With a tray and without one. */
const TABLE: [facts: Omit<CloseFacts, 'tray'>, shown: Means, missing: Means][] = [];
const row = (quitting: boolean, locked: boolean, toTray: boolean, second: boolean, shown: Means, missing: Means) =>
  TABLE.push([{ quitting, locked, toTray, second }, shown, missing]);

for (const locked of [false, true])
  for (const toTray of [false, true])
    for (const second of [false, true]) row(true, locked, toTray, second, 'close', 'close');
for (const toTray of [false, true])
  for (const second of [false, true]) row(false, true, toTray, second, 'stay', 'stay');
row(false, false, false, false, 'close', 'close');
row(false, false, false, true, 'close', 'close');
row(false, false, true, true, 'close', 'close');
row(false, false, true, false, 'hide', 'minimize');

describe('the close button', () => {
  test.each(TABLE)('%j', (facts, shown, missing) => {
    expect(closeAction({ ...facts, tray: 'shown' })).toBe(shown);
    expect(closeAction({ ...facts, tray: 'missing' })).toBe(missing);
  });

  test('covers every case', () => {
    expect(new Set(TABLE.map(([facts]) => JSON.stringify(facts))).size).toBe(2 ** 4);
  });

  test('hides nothing without a tray', () => {
    for (const [facts] of TABLE) expect(closeAction({ ...facts, tray: 'missing' })).not.toBe('hide');
  });
});
