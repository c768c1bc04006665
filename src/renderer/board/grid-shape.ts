/** The cells of a page; sizes in rem. */
export interface GridShape {
  columns: number;
  rows: number;
  cellWidth: number;
  cellHeight: number;
}

/** Minimum size of a cell, rem at text size 1. The height holds a head, a foot and two items. */
const LEAST = { comfortable: { width: 13.5, height: 17 }, compact: { width: 12, height: 14.5 } };
/** The most readable ratio of width to height; chooses between shapes with the same number of cells. */
const BEST_RATIO = 0.85;

/**
 * As many cells as fit, but at most `most`.
 *
 * @param room rem
 * @param textSize of the text on the tickets; 1 is normal
 */
export function gridShape(
  room: { width: number; height: number },
  { most, density, textSize }: { most: number; density: keyof typeof LEAST; textSize: number },
): GridShape {
  const least = LEAST[density];
  const howMany = (length: number, each: number) => Math.max(1, Math.floor(length / (each * Math.max(1, textSize))));
  const mostColumns = howMany(room.width, least.width);
  const mostRows = howMany(room.height, least.height);
  let best: GridShape | null = null;
  for (let columns = 1; columns <= Math.min(mostColumns, most); columns++) {
    const rows = Math.min(mostRows, Math.floor(most / columns));
    const shape = { columns, rows, cellWidth: room.width / columns, cellHeight: room.height / rows };
    if (!best || isBetter(shape, best)) best = shape;
  }
  return best ?? { columns: 1, rows: 1, cellWidth: room.width, cellHeight: room.height };
}

function isBetter(a: GridShape, b: GridShape): boolean {
  const more = a.columns * a.rows - b.columns * b.rows;
  return more > 0 || (more === 0 && ratioError(a) < ratioError(b));
}
const ratioError = ({ cellWidth, cellHeight }: GridShape): number =>
  Math.abs(Math.log(cellWidth / cellHeight / BEST_RATIO));
