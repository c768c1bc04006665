import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
