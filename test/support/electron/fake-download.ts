import { EventEmitter } from 'node:events';
import type { DownloadItem, Session, WebContents } from 'electron';

/** A file that a page makes, on its way to the disk. */
export interface FakeDownload {
  /** Whether the system asks where to save it. */
  asked: boolean;
  cancelled: boolean;
  path: string;
  end(state: 'completed' | 'interrupted'): void;
}

/** A page clicks a link to a blob with a `download` attribute. */
export function fakeDownload(session: Session, page: WebContents, name: string): FakeDownload {
  const events = new EventEmitter();
  const fake: FakeDownload = {
    ...{ asked: false, cancelled: false, path: '' },
    end: (state) => void events.emit('done', {}, state),
  };
  const methods = {
    getFilename: () => name,
    setSavePath: (path) => void Object.assign(fake, { path }),
  } satisfies Partial<DownloadItem>;
  const item = Object.assign(events, methods);
  session.emit('will-download', { preventDefault: () => Object.assign(fake, { cancelled: true }) }, item, page);
  fake.asked = !fake.cancelled && fake.path === '';
  return fake;
}
