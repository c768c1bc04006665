import { join } from 'node:path';
import { PAGES } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run server`: the companion server in this process. Meanwhile its pages are built if they are not up to date; it serves
 * them as soon as they are there.
 */
const root = join(import.meta.dirname, '..');
const pages = ensureBuilt(root, PAGES, (line) => console.error(line));
// Orders do not need the pages.
pages.catch((error: Error) => console.error(error.message));
await import('#server/main.ts');
