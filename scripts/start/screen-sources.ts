import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What the built screen is made from. Tests and the demo are not in it. */
const SOURCES = ['src/renderer', 'src/contract', 'package-lock.json', 'tsconfig.base.json'];
const NOT_BUILT = /\.(test\.tsx?|md)$/;

/** A hash that changes when anything changes that the screen is built from; null where the sources are not (installed). */
export async function hashScreenSources(root: string): Promise<string | null> {
  const files = (await Promise.all(SOURCES.map((path) => filesUnder(join(root, path))))).flat().sort();
  if (!files.some((file) => file.includes('renderer'))) return null;
  const hashes = await Promise.all(
    files.map(async (file) => `${relative(root, file)} ${hash('sha256', await readFile(file))}`),
  );
  return hash('sha256', hashes.join('\n'));
}

async function filesUnder(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !NOT_BUILT.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [path];
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
