/** The zone table of docs/architecture.md, as `npm test` holds it. */
export interface Zone {
  /** Its folder. */
  path: string;
  /** Other zones whose code it may import, types included. */
  zones: string[];
  /** Packages it may import; `@scope/*` for a whole scope, `node:*` for what is built into Node. */
  packages: string[];
  /** Which globals compile there: `types` and `lib` of its tsconfig.json. */
  types: string[];
  lib: string[];
  /** Time and chance come in as arguments: no `Date.now`, no `Math.random`. */
  pure?: true;
}

const ES = ['ES2024'];
const DOM = ['ES2024', 'DOM', 'DOM.Iterable'];

export const ZONES: Record<string, Zone> = {
  contract: { path: 'src/contract', zones: [], packages: ['zod'], types: [], lib: ES, pure: true },
  core: { path: 'src/core', zones: ['contract'], packages: [], types: [], lib: ES, pure: true },
  adapters: {
    path: 'src/adapters',
    zones: ['contract', 'core'],
    packages: ['node:*', 'better-sqlite3', 'fflate', 'socket.io-client', 'uuid'],
    types: ['node'],
    lib: ES,
  },
  main: {
    path: 'src/main',
    zones: ['contract', 'core', 'adapters'],
    packages: ['node:*', 'electron', 'electron-log', 'electron-updater'],
    types: ['node', 'electron'],
    lib: ES,
  },
  preload: {
    path: 'src/preload',
    zones: ['contract'],
    packages: ['electron'],
    types: ['electron'],
    lib: ['ES2024', 'DOM'],
  },
  'node-host': {
    path: 'src/node-host',
    zones: ['contract', 'core', 'adapters'],
    packages: ['node:*', 'fastify', '@fastify/*', 'socket.io'],
    types: ['node'],
    lib: ES,
  },
  renderer: {
    path: 'src/renderer',
    zones: ['contract'],
    packages: ['react', 'react-dom', 'zustand', 'lucide-react', '@fontsource-variable/*'],
    types: ['vite/client'],
    lib: DOM,
  },
  server: {
    path: 'server/src',
    zones: ['contract'],
    packages: [
      'node:*',
      'fastify',
      '@fastify/*',
      'socket.io',
      'kysely',
      'better-sqlite3',
      'pino',
      'prom-client',
      'uuid',
      'zod',
    ],
    types: ['node'],
    lib: ES,
  },
};

/** Not a part of what runs: tests may import anything, and so may the folders with what they share. */
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || isTestSupport(path);
/** Whatever runs may not import these. */
export const isTestSupport = (path: string): boolean => /(^|\/)testing\//.test(path);
/** A zone's build settings may import any package. */
export const isBuildConfig = (path: string): boolean => path.endsWith('.config.ts');
