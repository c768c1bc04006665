import { badgeIcons } from './badge-icons.ts';
import { draw } from './draw.ts';
import type { Pixels } from './png.ts';
import { TRAY } from './shapes.ts';

/** Side of a tray icon at 1×, px. */
const SIZE = 16;
const BLACK = '#000000';

/**
 * Every file of `build/tray`, by name: in colour, and as what macOS calls a template (black, the system colours it; it is
 * known by its name), and the counts that Windows lays over the icon in its task bar. Electron finds the `@2x` beside the other by itself.
 */
export function trayIcons(): Map<string, Pixels> {
  const files = new Map(badgeIcons());
  for (const [state, { shape, colour }] of Object.entries(TRAY))
    for (const [scale, suffix] of [
      [1, ''],
      [2, '@2x'],
    ] as const) {
      files.set(`${state}${suffix}.png`, draw(shape, colour, SIZE * scale));
      files.set(`${state}Template${suffix}.png`, draw(shape, BLACK, SIZE * scale));
    }
  return files;
}
