import { describe, expect, test } from 'vitest';
import type { DisplayStatus } from '#contract/display-status.ts';
import { LANGUAGES } from '#contract/setting-names.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { aStatus } from '#renderer/testing/manual-bridge.ts';
import { entriesOf } from '#test/support/electron/fake-menu.ts';
import { type MenuActions, menuTemplate } from './menu-template.ts';

const actions = new Proxy({} as MenuActions, { get: () => () => {} });
const STATION = { id: 'oven', name: 'Oven', stations: [], names: [] };
const status = (change: Partial<DisplayStatus['settings']> = {}, pin = { set: false, unlocked: true }) =>
  aStatus({ pin, settings: { ...DEFAULT_SETTINGS, ...change }, stations: { from: 'screen', list: [STATION] } });
const entries = (of: DisplayStatus, platform: NodeJS.Platform) => entriesOf(menuTemplate(of, actions, platform));
const KIOSK = { desktop: { ...DEFAULT_SETTINGS.desktop, kiosk: true } };

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  test.each(LANGUAGES)('%s: every entry has a label, and no two share a key', (language) => {
    const all = entries(status({ language }), platform).filter(({ type }) => type !== 'separator');
    for (const { label } of all) expect(label).toMatch(/\S/);
    const keys = all.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    // The bare keys work the rail.
    for (const key of keys) expect(key).toMatch(/^(CmdOrCtrl|Ctrl\+Command)\+|^F11$/);
  });

  test('closes, leaves and opens no window in a locked kiosk', () => {
    const held = entries(status(KIOSK, { set: true, unlocked: false }), platform);
    const roles = ['minimize', 'close', 'hide', 'hideOthers'];
    const away = held.filter(
      ({ label, role }) => roles.includes(String(role)) || /^(Quit|Full screen|New window)$/.test(label ?? ''),
    );
    expect(away.length).toBeGreaterThanOrEqual(5);
    for (const { label, enabled } of away) expect(enabled, label).toBe(false);
    expect(held.some(({ role }) => role === 'toggleDevTools' || role === 'reload')).toBe(false);
  });

  test('quits from an unlocked kiosk', () => {
    const free = entries(status(KIOSK, { set: true, unlocked: true }), platform);
    expect(free.find(({ label }) => label === 'Quit')?.enabled).toBe(true);
  });
});

test('has the keys of text fields on macOS only', () => {
  const has = (platform: NodeJS.Platform) => entries(status(), platform).some(({ role }) => role === 'paste');
  expect([has('darwin'), has('win32'), has('linux')]).toEqual([true, false, false]);
});
