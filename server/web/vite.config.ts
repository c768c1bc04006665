import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { themesByPreference } from './themes-by-preference.ts';

const PAGES = ['track/main.ts', 'my/main.ts', 'admin/main.tsx', 'console/main.tsx'];

/**
 * Builds the pages into dist/pages: scripts and styles with hashed names, and a manifest from which the server writes the HTML
 * (server/src/edge/pages). They run under `default-src 'none'; script-src 'self'`.
 */
export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the pages also work below a path of a proxy (PUBLIC_URL).
  base: './',
  plugins: [react(), tokensByPreference(), icons()],
  build: {
    outDir: join(import.meta.dirname, '../../dist/pages'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    // A customer's phone may be years old.
    target: ['chrome92', 'safari15.4', 'firefox91'],
    // A data: font is not 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(PAGES.map((page) => [page.split('/')[0], join(import.meta.dirname, page)])),
    },
  },
});

/** The display's colours, chosen by what the device prefers. */
function tokensByPreference(): Plugin {
  return {
    name: 'tokens-by-preference',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith('/renderer/styles/tokens.css') ? themesByPreference(code) : null),
  };
}

const ICONS = ['src/renderer/icon.svg', 'build/icons/256x256.png', 'build/icons/512x512.png'];

/** The display's icon, for the tab and a phone's home screen. */
function icons(): Plugin {
  return {
    name: 'icons',
    buildStart() {
      for (const file of ICONS) {
        const path = join(import.meta.dirname, '../..', file);
        this.emitFile({
          ...{ type: 'asset', name: basename(file), originalFileName: basename(file) },
          source: readFileSync(path),
        });
      }
    },
  };
}
