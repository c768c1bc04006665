import { describe, expect, test } from 'vitest';
import { parseWindowStates, type WindowState } from './window-states.ts';

const bounds = { x: -10, y: 20, width: 900, height: 600 };
const first: WindowState = { station: null, bounds, maximized: false, fullScreen: true, open: true };
const oven: WindowState = { ...first, station: 'oven' };

describe('saved window states', () => {
  test('are read as they were written', () => {
    expect(parseWindowStates(JSON.parse(JSON.stringify({ windows: [first, oven] })))).toEqual([first, oven]);
  });

  test.each([
    ['nothing', null],
    ['a word', 'x'],
    ['another shape', { windows: 7 }],
    ['no window objects', { windows: [null, 3, [], 'x'] }],
    ['no bounds', { windows: [{ ...first, bounds: undefined }] }],
    ['a fractional point', { windows: [{ ...first, bounds: { ...bounds, x: 0.5 } }] }],
    ['a string for a number', { windows: [{ ...first, bounds: { ...bounds, y: '1' } }] }],
    ['no width', { windows: [{ ...first, bounds: { ...bounds, width: 0 } }] }],
    ['a huge coordinate', { windows: [{ ...first, bounds: { ...bounds, x: 1e9 } }] }],
    ['a station that is not a string', { windows: [{ ...first, station: 7 }] }],
    ['a station without a name', { windows: [{ ...first, station: '' }] }],
  ])('gives no window for %s', (_, file) => {
    expect(parseWindowStates(file)).toEqual([]);
  });

  test('skip invalid and duplicate windows; missing flags are false', () => {
    const bare = { station: null, bounds };
    expect(parseWindowStates({ windows: ['x', bare, first, oven] })).toEqual([
      { ...first, fullScreen: false, open: false },
      oven,
    ]);
  });
});
