/** From how far dish names are to be read, metres. */
export const DISTANCES = { arm: 0.7, step: 1.2, far: 2 } as const;
export type Distance = keyof typeof DISTANCES;

/** How high a capital is to be for each metre, mm: 4 at 1.2 m, 6.7 at 2 m, which a glance needs. */
const MM_PER_METRE = 10 / 3;
/** Height of a capital of the screen's font, Inter, in relation to its size. */
const CAPITAL = 0.727;
const MM_PER_INCH = 25.4;
/** CSS defines 96 pixels to be an inch; only a guess for a real screen. */
const CSS_PIXELS_PER_INCH = 96;

/** The limits of the setting `zoom`. */
const [LEAST, MOST] = [0.6, 2];

export interface ScreenSize {
  /** Of the whole screen, CSS pixels. */
  width: number;
  height: number;
  /** Diagonal. */
  inches: number;
}

/** From how far dish names can be read at a zoom, metres. `fontPx`: their size at zoom 1, CSS pixels. */
export function readableFrom(zoom: number, fontPx: number, { width, height, inches }: ScreenSize): number {
  const mmPerPixel = (inches * MM_PER_INCH) / Math.hypot(width, height);
  return (zoom * fontPx * CAPITAL * mmPerPixel) / MM_PER_METRE;
}

/** The zoom at which dish names can be read from a distance, in the setting's steps, as far as its limits allow. */
export function zoomFor(metres: number, fontPx: number, screen: ScreenSize): number {
  const zoom = metres / readableFrom(1, fontPx, screen);
  return Math.min(MOST, Math.max(LEAST, Math.round(zoom * 10) / 10));
}

/** A guess at the diagonal, inches. */
export const guessedInches = (width: number, height: number): number =>
  Math.round(Math.hypot(width, height) / CSS_PIXELS_PER_INCH);
