/** A part that must be built before it runs, and its sources. Everything else runs from its sources. */
export interface Build {
  /** Its name for the person who waits. */
  what: string;
  /** Below the root; its script replaces it as a whole. */
  dir: string;
  script: string;
  /** Folders and files, without the tests and texts in them. */
  sources: string[];
}

const TOOLS = ['package-lock.json', 'tsconfig.base.json'];

export const SCREEN: Build = {
  what: 'the screen',
  dir: 'dist/renderer',
  script: 'scripts/build-renderer.ts',
  sources: ['src/renderer', 'src/contract', ...TOOLS],
};
export const SHELL: Build = {
  what: 'the desktop program',
  dir: 'dist/shell',
  script: 'scripts/build-shell.ts',
  sources: [
    ...['src/main', 'src/preload', 'src/adapters', 'src/core', 'src/contract'],
    ...['build/tray', 'build/icons', 'scripts/build-shell.ts', ...TOOLS],
  ],
};
export const PAGES: Build = {
  what: 'the pages',
  dir: 'dist/pages',
  script: 'scripts/build-pages.ts',
  sources: [
    ...['server/web', 'src/renderer', 'src/contract', 'build/icons', 'scripts/build-pages.ts'],
    // Texts in folders are not built; these are.
    ...['hubrise', 'print', 'shopify', 'square', 'standard', 'woocommerce'].map((kind) => `docs/sources/${kind}.md`),
    ...TOOLS,
  ],
};
/** Those of the display. */
export const BUILDS = [SCREEN, SHELL];
