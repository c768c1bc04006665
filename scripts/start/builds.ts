/** What has to be built before it runs, and from what. Everything else runs from its sources. */
export interface Build {
  /** For the person who waits. */
  what: string;
  /** Below the root; swapped whole by its script. */
  dir: string;
  script: string;
  /** Folders and files; tests and texts in them do not count. */
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
    ...['build/tray', 'scripts/build-shell.ts', ...TOOLS],
  ],
};
export const BUILDS = [SCREEN, SHELL];
