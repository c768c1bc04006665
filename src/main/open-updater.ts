import type { AppUpdater } from 'electron-updater';
import type { Log } from '#core/ports.ts';
import { isSigned } from './update-signature.ts';

/** The part of electron-updater that the shell uses. */
export type Updater = Pick<
  AppUpdater,
  'autoInstallOnAppQuit' | 'checkForUpdates' | 'isUpdateSupported' | 'logger' | 'on' | 'quitAndInstall'
>;

export interface OpenUpdaterOptions {
  /** Loads electron-updater, which nothing needs before the first check. */
  load(): Promise<Updater>;
  /** The key that updates are signed with ({@link isSigned}). */
  publicKey: string;
  /** The update replaced the AppImage by a file with another name. */
  moved(path: string): void;
  log: Log;
}

/** Loads the updater and makes it accept only signed updates. @param downloaded called when an update can be installed */
export async function openUpdater(
  { load, publicKey, moved, log }: OpenUpdaterOptions,
  downloaded: (version: string) => void,
): Promise<Updater> {
  const updater = await load();
  const isSupported = updater.isUpdateSupported;
  updater.isUpdateSupported = async (update) => {
    if (isSigned(update, publicKey)) return isSupported(update);
    log.error('an update is not signed by us, and is not taken', { version: update.version });
    return false;
  };
  updater.logger = { ...log, debug() {} };
  updater.on('update-downloaded', ({ version }) => downloaded(version));
  updater.on('appimage-filename-updated', moved);
  return updater;
}
