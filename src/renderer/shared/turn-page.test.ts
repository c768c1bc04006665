import { expect, test } from 'vitest';
import { turnPage } from './turn-page.ts';
import { createUiStore } from './ui-store.ts';

test('turns one page or to an end, and stops at the first and the last page', () => {
  const ui = createUiStore();
  ui.setState({ pages: 3 });
  const at = () => ui.getState().page;
  expect(turnPage(ui, 'back')).toBe(false);
  expect(turnPage(ui, 'next')).toBe(true);
  expect(at()).toBe(1);
  turnPage(ui, 'last');
  expect(at()).toBe(2);
  expect(turnPage(ui, 'next')).toBe(false);
  turnPage(ui, 'first');
  expect(at()).toBe(0);
});

test('turns from the page shown when there are fewer pages than before', () => {
  const ui = createUiStore();
  ui.setState({ pages: 5, page: 4 });
  ui.setState({ pages: 2 });
  turnPage(ui, 'back');
  expect(ui.getState().page).toBe(0);
});
