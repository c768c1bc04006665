import { join } from 'node:path';
import { violations } from './boundaries/violations.ts';
import { ZONES } from './boundaries/zones.ts';

/** `npm run boundaries`: who may import what (docs/architecture.md). Ends with 1 and a line for each violation. */
const found = violations(join(import.meta.dirname, '..'), ZONES);
for (const line of found) console.error(line);
if (found.length > 0) process.exitCode = 1;
else console.log(`${Object.keys(ZONES).length} zones import what they may, and nothing else`);
