import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** One file of the built screen, ready to be served by either host. */
export interface ScreenFile {
  body: Buffer;
  /** For `Content-Type`. */
  type: string;
  /** For `ETag`, quotes included. */
  etag: string;
  /** Its name contains a hash of its content, so it may be cached for ever. */
  immutable: boolean;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ogg': 'audio/ogg',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
};

/**
 * The built screen, by path (`/index.html`, `/assets/…`), read once into memory. So a new build cannot mix two versions on
 * one page, and since only paths in the map are served, path traversal is impossible. Omits dot files and file types not
 * listed above.
 *
 * @throws when the folder or its `index.html` is missing
 */
export async function readScreenFiles(dir: string): Promise<Map<string, ScreenFile>> {
  const files = new Map<string, ScreenFile>();
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || !type || entry.name.startsWith('.')) continue;
    const path = join(entry.parentPath, entry.name);
    const url = `/${relative(dir, path).split(sep).join('/')}`;
    const body = await readFile(path);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    files.set(url, { body, type, etag, immutable: url.startsWith('/assets/') });
  }
  if (!files.has('/index.html')) throw new Error(`no index.html in ${dir}`);
  return files;
}
