import { describe, expect, test } from 'vitest';
import { parseWindowStates, type WindowState } from './window-states.ts';

const bounds = { x: -10, y: 20, width: 900, height: 600 };
const first: WindowState = { station: null, bounds, maximized: false, fullScreen: true, open: true };
const oven: WindowState = { ...first, station: 'oven' };

describe('windows as they were left', () => {
  test('are read back as they were written', () => {
    expect(parseWindowStates(JSON.parse(JSON.stringify({ windows: [first, oven] })))).toEqual([first, oven]);
  });

  test.each([
    ['nothing', null],
    ['a word', 'x'],
    ['another shape', { windows: 7 }],
    ['a window that is none', { windows: [null, 3, [], 'x'] }],
    ['no bounds', { windows: [{ ...first, bounds: undefined }] }],
    ['half a point', { windows: [{ ...first, bounds: { ...bounds, x: 0.5 } }] }],
    ['no number', { windows: [{ ...first, bounds: { ...bounds, y: '1' } }] }],
    ['no width', { windows: [{ ...first, bounds: { ...bounds, width: 0 } }] }],
    ['out of this world', { windows: [{ ...first, bounds: { ...bounds, x: 1e9 } }] }],
    ['a station that is none', { windows: [{ ...first, station: 7 }] }],
    ['a station without a name', { windows: [{ ...first, station: '' }] }],
  ])('%s is no window', (_, file) => {
    expect(parseWindowStates(file)).toEqual([]);
  });

  test('what is unclear is no; what is double counts once; a bad one costs the others nothing', () => {
    const bare = { station: null, bounds };
    expect(parseWindowStates({ windows: ['x', bare, first, oven] })).toEqual([
      { ...first, fullScreen: false, open: false },
      oven,
    ]);
  });
});
