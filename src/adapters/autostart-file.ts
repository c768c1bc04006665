import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The file that starts the program: for an AppImage the image itself, since it is unmounted when the program ends. */
export const programFile = (env: Record<string, string | undefined>, execPath: string): string =>
  env.APPIMAGE ?? execPath;

/** Our autostart entry on a Linux desktop (freedesktop's Desktop Application Autostart). */
export function autostartFile(env: Record<string, string | undefined>): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'autostart', 'ticketrail.desktop');
}

/** The entry by the Desktop Entry Specification: `program` is quoted, and a percent sign is doubled. */
export function autostartEntry(program: string): string {
  const quoted = program
    .replaceAll(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return ['[Desktop Entry]', 'Type=Application', 'Name=Ticketrail', `Exec="${quoted}"`, 'Terminal=false', ''].join(
    '\n',
  );
}

/** Writes the entry, or removes it if `program` is null. Throws the file system's errors. */
export function setAutostart(file: string, program: string | null): void {
  if (program === null) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, autostartEntry(program));
}
