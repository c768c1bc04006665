import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { ServiceError } from '../../service-error.ts';

/** A file below `/assets`. Its name contains a hash of its content, so it may be cached for ever. */
export interface Asset {
  /** For `Content-Type`. */
  type: string;
  /** By `Content-Encoding`; `identity` is the file itself. */
  bodies: { identity: Buffer; br?: Buffer; gzip?: Buffer };
}

/** What one page loads; paths are relative to the root of the pages. */
export interface Entry {
  script: string;
  /** Scripts that it imports, to be fetched at the same time. */
  imports: string[];
  styles: string[];
  /** All its styles, and what the CSP calls them. */
  css: string;
  cssHash: string;
}

export interface BuiltPages {
  assets: ReadonlyMap<string, Asset>;
  /** @param name a folder of server/web */
  entry(name: string): Entry;
  /** The path of a file of that name before the build, such as `icon.svg`. */
  file(name: string): string;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  // A browser shows it as it is; it would save Markdown as a file.
  '.md': 'text/plain; charset=utf-8',
};

const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    css: z.array(z.string()).default([]),
    imports: z.array(z.string()).default([]),
  }),
);
type Manifest = z.infer<typeof Manifest>;

/**
 * Reads the built pages into memory, again after each build. Files of earlier builds stay, for pages that are still open.
 *
 * @returns rejects with `unavailable` while there is no build
 */
export function createBuiltPages(dir: string): () => Promise<BuiltPages> {
  const assets = new Map<string, Asset>();
  let read: { at: number; pages: Promise<BuiltPages> } | undefined;
  return async () => {
    const at = await stat(join(dir, 'manifest.json')).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
    if (at === null && !read)
      throw new ServiceError('unavailable', 'The pages are being built. Try again in a moment.');
    if (at !== null && read?.at !== at) {
      const pages = readPages(dir, assets);
      read = { at, pages };
      pages.catch(() => {
        // Another build has replaced the folder meanwhile.
        if (read?.pages === pages) read = undefined;
      });
    }
    return (read as { pages: Promise<BuiltPages> }).pages;
  };
}

async function readPages(dir: string, assets: Map<string, Asset>): Promise<BuiltPages> {
  const manifest = Manifest.parse(JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')));
  for (const [name, asset] of await readAssets(join(dir, 'assets'))) assets.set(name, asset);
  const entries = new Map<string, Entry>();
  return {
    assets,
    entry(name) {
      const known = entries.get(name) ?? entryOf(manifest, name, assets);
      entries.set(name, known);
      return known;
    },
    file(name) {
      const found = manifest[name];
      if (!found) throw new Error(`no file ${name} in the pages`);
      return found.file;
    },
  };
}

async function readAssets(dir: string): Promise<[string, Asset][]> {
  const names = await readdir(dir);
  const optional = (name: string) => (names.includes(name) ? readFile(join(dir, name)) : undefined);
  return Promise.all(
    names
      .filter((name) => extname(name) in TYPES)
      .map(async (name): Promise<[string, Asset]> => {
        const identity = await readFile(join(dir, name));
        const [br, gzip] = await Promise.all([optional(`${name}.br`), optional(`${name}.gz`)]);
        const bodies = { identity, ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) };
        return [name, { type: TYPES[extname(name)] as string, bodies }];
      }),
  );
}

function entryOf(manifest: Manifest, name: string, assets: ReadonlyMap<string, Asset>): Entry {
  const key = [`${name}/main.ts`, `${name}/main.tsx`].find((path) => path in manifest);
  if (!key) throw new Error(`no entry ${name} in the pages`);
  const keys = [key];
  // The list grows while it is read.
  for (const one of keys) for (const next of manifest[one]?.imports ?? []) if (!keys.includes(next)) keys.push(next);
  const chunks = keys.flatMap((one) => manifest[one] ?? []);
  // An imported style comes before the one that builds on it.
  const styles = [...new Set(chunks.toReversed().flatMap(({ css }) => css))];
  const css = styles.map((path) => assets.get(path.replace('assets/', ''))?.bodies.identity ?? '').join('');
  const cssHash = `'sha256-${createHash('sha256').update(css).digest('base64')}'`;
  const [script = '', ...imports] = chunks.map(({ file }) => file);
  return { script, imports, styles, css, cssHash };
}
