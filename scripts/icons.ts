import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { png } from './icons/png.ts';
import { trayIcons } from './icons/tray-icons.ts';

/** `npm run icons`: draws `build/tray` anew from `icons/shapes.ts`. The pictures are kept in the repository. */
const dir = join(import.meta.dirname, '../build/tray');
mkdirSync(dir, { recursive: true });
const files = trayIcons();
for (const [name, pixels] of files) writeFileSync(join(dir, name), png(pixels));
console.log(`${files.size} pictures in ${dir}`);
