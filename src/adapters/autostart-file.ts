import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What starts the program: inside an AppImage the file itself, whose contents are gone when it ends. */
export const programFile = (env: Record<string, string | undefined>, execPath: string): string =>
  env.APPIMAGE ?? execPath;

/** Where a Linux desktop looks for what to start at login (freedesktop's Desktop Application Autostart). */
export function autostartFile(env: Record<string, string | undefined>): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'autostart', 'ticketrail.desktop');
}

/** The entry as the Desktop Entry Specification wants it: `program` is quoted, and a percent sign is doubled. */
export function autostartEntry(program: string): string {
  const quoted = program
    .replaceAll(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return ['[Desktop Entry]', 'Type=Application', 'Name=Ticketrail', `Exec="${quoted}"`, 'Terminal=false', ''].join(
    '\n',
  );
}

/** Throws what the disk throws. */
export function setAutostart(file: string, program: string | null): void {
  if (program === null) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, autostartEntry(program));
}
