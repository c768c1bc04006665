import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the screen into dist/renderer: plain files that run under `default-src 'none'; script-src 'self'; style-src 'self'`. */
export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the same files work under app://bundle/ and behind the browser host.
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome120',
    // A data: font is not 'self'.
    assetsInlineLimit: 0,
    // A part that is loaded later imports its scripts itself; their names would be in the first load.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')),
    },
  },
});
