/** A rectangle in the system's points; y grows downwards, and a screen left of the main one has a negative x. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of a window's title bar that must be on a screen so that it can be dragged, points. */
const GRIP = { width: 120, height: 32 };

/**
 * Where to open a window: at its last place if it can be dragged there. Otherwise (its screen is gone or smaller) centred on
 * the screen that shows most of it. A new window is centred on the main screen.
 *
 * @param screens the usable part of each, the main one first; never empty
 * @param gone screens that have just gone: a window of theirs must be whole on another one
 */
export function placeWindow(
  was: Area | null,
  screens: readonly [Area, ...Area[]],
  usual: Omit<Area, 'x' | 'y'>,
  gone: readonly Area[] = [],
): Area {
  if (was && screens.some((screen) => shared(was, screen) === was.width * was.height)) return was;
  const isOfGone = was && gone.some((screen) => shared(was, screen) > 0);
  if (was && !isOfGone && screens.some((screen) => canBeDragged(was, screen))) return was;
  const screen = was ? screens.reduce((best, one) => (shared(was, one) > shared(was, best) ? one : best)) : screens[0];
  const width = Math.min((was ?? usual).width, screen.width);
  const height = Math.min((was ?? usual).height, screen.height);
  return {
    x: screen.x + Math.round((screen.width - width) / 2),
    y: screen.y + Math.round((screen.height - height) / 2),
    width,
    height,
  };
}

const overlap = (from: number, length: number, from2: number, length2: number): number =>
  Math.max(0, Math.min(from + length, from2 + length2) - Math.max(from, from2));
const shared = (a: Area, b: Area): number =>
  overlap(a.x, a.width, b.x, b.width) * overlap(a.y, a.height, b.y, b.height);

function canBeDragged(window: Area, screen: Area): boolean {
  const edge = { ...window, height: GRIP.height };
  const wide = overlap(edge.x, edge.width, screen.x, screen.width) >= Math.min(GRIP.width, window.width);
  return wide && overlap(edge.y, edge.height, screen.y, screen.height) === GRIP.height;
}
