import { appIconSvg, drawAppIcon } from './app-icon.ts';
import { ICNS_SIZES, icns } from './icns.ts';
import { ico } from './ico.ts';
import { png } from './png.ts';

const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
const LINUX_SIZES = [16, 32, 48, 64, 128, 256, 512];

/** Every icon of the program, by path from the root; drawn when asked for. */
export const APP_ICONS: Record<string, () => string | Buffer> = {
  'src/renderer/icon.svg': appIconSvg,
  'build/icon.ico': () => ico(ICO_SIZES.map((size) => drawAppIcon(size))),
  'build/icon.icns': () => icns(ICNS_SIZES.map((size) => drawAppIcon(size, 0.1))),
  ...Object.fromEntries(LINUX_SIZES.map((size) => [`build/icons/${size}x${size}.png`, () => png(drawAppIcon(size))])),
};
