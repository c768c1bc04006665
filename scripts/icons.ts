import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { APP_ICONS } from './icons/app-icons.ts';
import { png } from './icons/png.ts';
import { trayIcons } from './icons/tray-icons.ts';

/** `npm run icons`: draws every picture anew, from `icons/shapes.ts` and `icons/app-icon.ts`. They are kept in the repository. */
const root = join(import.meta.dirname, '..');
function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const tray = trayIcons();
for (const [name, pixels] of tray) write(`build/tray/${name}`, png(pixels));
for (const [path, make] of Object.entries(APP_ICONS)) write(path, make());
console.log(`${tray.size} pictures in build/tray; ${Object.keys(APP_ICONS).join(', ')}`);
