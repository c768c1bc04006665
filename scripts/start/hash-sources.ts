import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Build } from './builds.ts';

const NOT_BUILT = /\.(test\.tsx?|md)$/;

/**
 * A hash of the sources' contents; file times mean nothing after a checkout. Null without sources, as in an installed
 * program.
 */
export async function hashSources(root: string, { sources }: Build): Promise<string | null> {
  const found = await Promise.all(sources.map((path) => filesUnder(join(root, path))));
  if (found[0]?.length === 0) return null;
  const lines = await Promise.all(
    found.flat().map(async (file) => `${relative(root, file)} ${hash('sha256', await readFile(file))}`),
  );
  return hash('sha256', lines.sort().join('\n'));
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
