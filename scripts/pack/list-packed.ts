import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { getRawHeader } from '@electron/asar';

export interface PackedFile {
  /** Below the program's folder; what is in the archive is below `resources/app.asar`. */
  path: string;
  bytes: number;
  /** Its purpose; null: unknown, and the file should not be there. */
  why: string | null;
}

/** The files that belong in a package. The first match counts. */
const WHY: readonly [RegExp, string][] = [
  [/^resources\/app\.asar\/package\.json$/, 'name, version and first file; the key that updates are signed with'],
  [/^resources\/app\.asar\/dist\/shell\/main\.js$/, 'everything that the program starts with'],
  [/^resources\/app\.asar\/dist\/shell\/lazy\/[\w-]+\.js$/, 'loaded when it is needed'],
  [/^resources\/app\.asar\/dist\/shell\/preload\.cjs$/, 'the bridge into the page'],
  [/^resources\/app\.asar\/dist\/shell\/tray\/[\w-]+(@2x)?\.png$/, 'pictures for tray and task bar'],
  [/^resources\/app\.asar\/dist\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css|svg|woff2))$/, 'the screen'],
  [
    /^resources\/app\.asar\/node_modules\/better-sqlite3\/(package\.json|lib\/[\w/-]+\.js)$/,
    'what finds and wraps the database',
  ],
  [
    /^resources\/app\.asar\.unpacked\/node_modules\/better-sqlite3\/prebuilds\/[\w-]+\.node$/,
    'the database, for this system',
  ],
  [
    /^resources\/app\.asar\/node_modules\/@resvg\/(resvg-js\/(package\.json|index\.js|js-binding\.js)|resvg-js-[\w-]+\/package\.json)$/,
    'what finds and wraps what draws tickets on paper',
  ],
  [
    /^resources\/app\.asar\.unpacked\/node_modules\/@resvg\/resvg-js-[\w-]+\/resvgjs\.[\w-]+\.node$/,
    'draws tickets on paper, for this system',
  ],
  [
    /^resources\/app\.asar\/node_modules\/@fontsource\/noto-sans[\w-]*\/(package\.json|files\/[\w-]+-700-normal\.woff)$/,
    'the letters on paper',
  ],
  [/^resources\/app-update\.yml$/, 'where updates are'],
  [/^resources\/(apparmor-profile|package-type)$/, 'left by the deb and the rpm, which are made of the same folder'],
  [/^(?!resources\/)/, 'Electron'],
];

/** Every file of an unpacked program (`dist/installers/*-unpacked`), including those in the archive; largest first. */
export function listPacked(dir: string): PackedFile[] {
  const archive = join(dir, 'resources/app.asar');
  const outside = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && join(entry.parentPath, entry.name) !== archive)
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(dir, file).split(sep).join('/'), bytes: statSync(file).size }));
  const inside = filesIn(getRawHeader(archive).header as Folder, 'resources/app.asar');
  return [...outside, ...inside]
    .map((file) => ({ ...file, why: WHY.find(([path]) => path.test(file.path))?.[1] ?? null }))
    .sort((a, b) => b.bytes - a.bytes);
}

interface Folder {
  files: Record<string, Folder | { size: number; unpacked?: boolean }>;
}

function filesIn({ files }: Folder, path: string): { path: string; bytes: number }[] {
  return Object.entries(files).flatMap(([name, entry]) => {
    if ('files' in entry) return filesIn(entry, `${path}/${name}`);
    return entry.unpacked ? [] : [{ path: `${path}/${name}`, bytes: entry.size }];
  });
}
