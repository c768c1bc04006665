import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface StandInTools {
  /** The environment in which electron-builder uses them. */
  env: Record<string, string>;
  /** The arguments of each call of a tool, in order. */
  calls(tool: 'fpm' | 'mksquashfs' | 'codesign'): string[][];
  /** The desktop file of the AppImage. */
  desktopFile(): string;
}

/**
 * The programs that electron-builder fetches or expects for Linux packages and for signing: each records its arguments and
 * writes the file that it was asked for. The folder has the layout that `app-builder-lib/out/toolsets/linux.js` looks for.
 */
export function standInTools(dir: string): StandInTools {
  const images = join(dir, 'appimage');
  mkdirSync(join(images, 'runtimes'), { recursive: true });
  for (const arch of ['x64', 'arm64']) {
    mkdirSync(join(images, 'lib', arch), { recursive: true });
    writeFileSync(join(images, 'runtimes', `runtime-${arch}`), 'static runtime');
  }
  const tool = (path: string, then: string): void => {
    const record = `printf '%s\\0' "$@" >> '${path}.calls'; printf '\\n' >> '${path}.calls'`;
    writeFileSync(path, `#!/bin/sh\n${record}\n${then}\n`, { mode: 0o755 });
  };
  // The package's path follows `--package`.
  tool(join(dir, 'fpm'), 'while [ "$1" != --package ]; do shift; done; echo package > "$2"');
  tool(join(dir, 'codesign'), '');
  // The runtime is written over the start of the file afterwards.
  tool(join(images, 'mksquashfs'), `cat "$1"/*.desktop > '${join(dir, 'desktop')}'; printf '%64s' image > "$2"`);
  tool(join(images, 'desktop-file-validate'), '');
  return {
    env: {
      APPIMAGE_TOOLS_PATH: images,
      CUSTOM_FPM_PATH: join(dir, 'fpm'),
      PATH: `${dir}:${process.env.PATH}`,
    },
    calls(name) {
      const path = `${name === 'mksquashfs' ? join(images, name) : join(dir, name)}.calls`;
      if (!existsSync(path)) return [];
      const lines = readFileSync(path, 'utf8').split('\0\n');
      return lines.filter(Boolean).map((line) => line.split('\0'));
    },
    desktopFile: () => readFileSync(join(dir, 'desktop'), 'utf8'),
  };
}
