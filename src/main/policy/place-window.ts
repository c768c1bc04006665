/** A rectangle in the system's points; y goes down, and a screen to the left of the first has a negative x. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** As much of a window's upper edge must be on a screen for a hand to take hold of it, points. */
const GRIP = { width: 120, height: 32 };

/**
 * Where a window goes: where it was, if somebody could take hold of it there; else, its screen unplugged or made smaller,
 * whole onto the screen that shows most of it. Without a past it stands in the middle of the first.
 *
 * @param screens the usable part of each, the main one first; never empty
 */
export function placeWindow(was: Area | null, screens: readonly [Area, ...Area[]], usual: Omit<Area, 'x' | 'y'>): Area {
  if (was && screens.some((screen) => canBeHeld(was, screen))) return was;
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

function canBeHeld(window: Area, screen: Area): boolean {
  const edge = { ...window, height: GRIP.height };
  const held = overlap(edge.x, edge.width, screen.x, screen.width) >= Math.min(GRIP.width, window.width);
  return held && overlap(edge.y, edge.height, screen.y, screen.height) === GRIP.height;
}
