/** The zone table of docs/architecture.md, which `npm test` enforces. */
export interface Zone {
  /** Its folder. */
  path: string;
  /** Other zones whose code it may import, types included. */
  zones: string[];
  /** Packages it may import; `@scope/*` is a whole scope, `node:*` all of Node's built-in modules. */
  packages: string[];
  /** Which globals compile there: `types` and `lib` of its tsconfig.json. */
  types: string[];
  lib: string[];
  /** Time and randomness come in as arguments: no `Date.now`, no `Math.random`. */
  pure?: true;
}

const ES = ['ES2024'];
const DOM = ['ES2024', 'DOM', 'DOM.Iterable'];

export const ZONES: Record<string, Zone> = {
  contract: { path: 'src/contract', zones: [], packages: ['zod'], types: [], lib: ES, pure: true },
  core: { path: 'src/core', zones: ['contract'], packages: [], types: [], lib: ES, pure: true },
  sqlite: { path: 'src/sqlite', zones: [], packages: ['node:*'], types: ['node'], lib: ES },
  paper: {
    path: 'src/paper',
    zones: ['contract'],
    packages: ['node:*', '@resvg/resvg-js', '@fontsource/*'],
    types: ['node'],
    lib: ES,
  },
  capture: { path: 'src/capture', zones: ['contract'], packages: ['node:*', 'iconv-lite'], types: ['node'], lib: ES },
  adapters: {
    path: 'src/adapters',
    zones: ['contract', 'core', 'sqlite', 'paper', 'capture'],
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
  web: {
    path: 'server/web',
    zones: ['contract', 'renderer'],
    packages: [
      'preact',
      'preact-render-to-string',
      'socket.io-client',
      'react',
      'react-dom',
      'zustand',
      'lucide-react',
      'uplot',
      'qrcode',
    ],
    types: ['vite/client'],
    lib: DOM,
  },
  server: {
    path: 'server/src',
    zones: ['contract', 'sqlite', 'web', 'paper', 'capture'],
    packages: [
      'node:*',
      'fastify',
      '@fastify/*',
      'grammy',
      'ioredis',
      'socket.io',
      'ipaddr.js',
      'kafkajs',
      'kysely',
      'pg',
      'pg-cursor',
      'undici',
      'better-sqlite3',
      'jose',
      'pino',
      'prom-client',
      'uuid',
      'ws',
      'zod',
    ],
    types: ['node'],
    lib: ES,
  },
};

/** Not part of the product: tests and their shared folders may import anything. */
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || isTestSupport(path);
/** Product code may not import these. */
export const isTestSupport = (path: string): boolean => /(^|\/)testing\//.test(path);
/** A zone's build settings may import any package. */
export const isBuildConfig = (path: string): boolean => path.endsWith('.config.ts');
