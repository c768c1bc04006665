import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Session } from 'electron';
import type { Log } from '#core/ports.ts';
import { freeName } from './policy/free-name.ts';
import { tellPage } from './tell-page.ts';

/**
 * Saves the files that a page makes in the user's downloads folder, and tells the page where. No dialog: it would lead out of a
 * kiosk.
 */
export function setupDownloads(session: Session, app: Pick<App, 'getPath'>, log: Log): void {
  session.on('will-download', (event, item, page) => {
    const failed = (error: unknown): void => {
      log.warn('a file could not be saved', { error: String(error) });
      tellPage(page, { kind: 'error', code: 'file_failed', params: {} });
    };
    try {
      const folder = app.getPath('downloads');
      const path = join(
        folder,
        freeName(item.getFilename(), (name) => existsSync(join(folder, name))),
      );
      item.setSavePath(path);
      item.once('done', (_, state) => {
        if (state === 'completed') tellPage(page, { kind: 'success', code: 'file_saved', params: { path } });
        else failed(state);
      });
    } catch (error) {
      event.preventDefault();
      failed(error);
    }
  });
}
