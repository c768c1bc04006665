/** How numbers are laid out; lengths in px. */
export interface NumberFit {
  columns: number;
  /** Font size. */
  size: number;
  /** How many numbers fit; fewer than there are only at the least size. */
  room: number;
}

/** Width of a bold digit or letter, of the space around a number, and height of a number with its space; in em. */
const CHARACTER_EM = 0.68;
const AROUND_EM = 0.9;
const HEIGHT_EM = 1.4;
/** A few numbers are as large as this many, so that they do not change their size with each order. */
const FEW = 8;

/**
 * The largest size at which all numbers fit into a box.
 *
 * @param longest characters of the longest number
 * @param least the smallest size, px, that can be read from a distance
 */
export function fitNumbers(
  count: number,
  longest: number,
  box: { width: number; height: number },
  least: number,
): NumberFit {
  const wanted = Math.max(count, FEW);
  const widthEm = Math.max(1, longest) * CHARACTER_EM + AROUND_EM;
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= wanted; columns++) {
    const size = Math.min(box.width / columns / widthEm, box.height / Math.ceil(wanted / columns) / HEIGHT_EM);
    if (size > best.size) best = { columns, size };
  }
  if (best.size >= least) return { ...best, room: count };
  const columns = Math.max(1, Math.floor(box.width / (least * widthEm)));
  return { columns, size: least, room: columns * Math.max(1, Math.floor(box.height / (least * HEIGHT_EM))) };
}
