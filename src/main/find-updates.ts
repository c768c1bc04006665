import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppUpdater } from 'electron-updater';

export interface UpdateSource {
  packaged: boolean;
  platform: NodeJS.Platform;
  /** Reads `APPIMAGE`. */
  env: Record<string, string | undefined>;
  /** The folder beside the archive, and the archive. */
  resources: string;
  appPath: string;
}

/**
 * The key for self-updates; null unless the program was packed with a feed and a key. The system's package manager updates
 * a deb or rpm: doing it here would ask for a password on the kitchen's screen.
 */
export function findUpdates({
  packaged,
  platform,
  env,
  resources,
  appPath,
}: UpdateSource): { publicKey: string } | null {
  if (!packaged || (platform === 'linux' && !env.APPIMAGE)) return null;
  if (!existsSync(join(resources, 'app-update.yml'))) return null;
  const { updateKey } = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as { updateKey?: unknown };
  return typeof updateKey === 'string' ? { publicKey: updateKey } : null;
}

/**
 * Loads the updater for this program's format. electron-updater's own choice on Linux follows the file `package-type`, which the
 * deb and the rpm leave in the folder that the AppImage is made from: the AppImage would install a deb, and ask for a password.
 */
export async function loadUpdater(platform: NodeJS.Platform): Promise<AppUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  if (platform === 'win32') return new NsisUpdater();
  return platform === 'darwin' ? new MacUpdater() : new AppImageUpdater();
}
