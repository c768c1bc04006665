import { expect, test } from 'vitest';
import { createManualBridge } from '../testing/manual-bridge.ts';
import { handleNavigation } from './handle-navigation.ts';
import { createUiStore } from './ui-store.ts';

function page() {
  const bridge = createManualBridge();
  const ui = createUiStore();
  return { bridge, ui, stop: handleNavigation(bridge, ui) };
}

test('a click on a notification selects its order and opens its sheet over any panel', () => {
  const { bridge, ui } = page();
  ui.setState({ settings: true, panel: 'history' });
  bridge.push('goTo', { to: 'order', orderId: 'a' });
  expect(ui.getState()).toMatchObject({ selected: 'a', sheet: 'a', settings: false, panel: null });
});

test('a pairing link prefills the form and calls nothing', () => {
  const { bridge, ui } = page();
  bridge.push('goTo', { to: 'pair', serverUrl: 'https://orders.example', code: 'AB12CD' });
  expect(ui.getState().pairing).toEqual({ serverUrl: 'https://orders.example', code: 'AB12CD' });
  expect(bridge.waiting).toEqual([]);
});

test('the menu opens the settings, until unsubscribed', () => {
  const { bridge, ui, stop } = page();
  bridge.push('goTo', { to: 'settings' });
  expect(ui.getState().settings).toBe(true);
  stop();
  bridge.push('goTo', { to: 'order', orderId: 'a' });
  expect(ui.getState().sheet).toBeNull();
});
