import { expect, test } from 'vitest';
import { turnPage } from './turn-page.ts';
import { createUiStore } from './ui-store.ts';

test('pages turn one by one or to an end, and stay at the first and the last', () => {
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

test('where pages have become fewer, one turns from the page that is shown', () => {
  const ui = createUiStore();
  ui.setState({ pages: 5, page: 4 });
  ui.setState({ pages: 2 });
  turnPage(ui, 'back');
  expect(ui.getState().page).toBe(0);
});
