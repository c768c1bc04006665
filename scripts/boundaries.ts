import { join } from 'node:path';
import { circles } from './boundaries/circles.ts';
import { violations } from './boundaries/violations.ts';
import { ZONES } from './boundaries/zones.ts';

/**
 * `npm run boundaries`: checks which zone imports which (docs/architecture.md), and that there are no circular imports. Prints
 * a line for each violation and exits with 1.
 */
const root = join(import.meta.dirname, '..');
const found = [...violations(root, ZONES), ...circles(root, ZONES, ['src', 'server', 'scripts', 'bench', 'test'])];
for (const line of found) console.error(line);
if (found.length > 0) process.exitCode = 1;
else console.log(`${Object.keys(ZONES).length} zones import only what they may, and no files form a circle`);
