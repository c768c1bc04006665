import { EventEmitter } from 'node:events';
import type { App, BrowserWindow, BrowserWindowConstructorOptions, WebContents } from 'electron';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** One window and its page, seen from outside. */
export interface FakeWindow {
  options: BrowserWindowConstructorOptions;
  url: string | null;
  shown: boolean;
  focused: boolean;
  minimized: boolean;
  /** What main has sent to the page arrives here, by channel. */
  toPage: EventEmitter;
  contents: WebContents & EventEmitter;
  openHandler: OpenHandler | null;
  close(): void;
}

/** `BrowserWindow`, and the list of those that are open. */
export function fakeWindows(app: App) {
  const windows: FakeWindow[] = [];

  function open(options: BrowserWindowConstructorOptions): BrowserWindow {
    const events = new EventEmitter();
    const toPage = new EventEmitter();
    const contentsMethods = {
      send(channel, ...args) {
        toPage.emit(channel, {}, ...(structuredClone(args) as unknown[]));
      },
      setWindowOpenHandler(handler) {
        fake.openHandler = handler;
      },
    } satisfies Partial<WebContents>;
    const contents = Object.assign(new EventEmitter(), contentsMethods) as unknown as FakeWindow['contents'];

    const methods = {
      webContents: contents,
      async loadURL(url) {
        fake.url = url;
        setImmediate(() => events.emit('ready-to-show'));
      },
      show() {
        fake.shown = true;
      },
      focus() {
        fake.focused = true;
      },
      restore() {
        fake.minimized = false;
      },
      isMinimized: () => fake.minimized,
      isDestroyed: () => !windows.includes(fake),
    } satisfies Partial<BrowserWindow>;

    const fake: FakeWindow = {
      options,
      url: null,
      shown: false,
      focused: false,
      minimized: false,
      toPage,
      contents,
      openHandler: null,
      close() {
        windows.splice(windows.indexOf(fake), 1);
        if (windows.length === 0) app.emit('window-all-closed');
      },
    };
    windows.push(fake);
    const window = Object.assign(events, methods) as unknown as BrowserWindow;
    byFake.set(fake, window);
    app.emit('web-contents-created', {}, contents);
    return window;
  }

  const byFake = new Map<FakeWindow, BrowserWindow>();
  // A constructor that returns an object gives that object to `new`.
  const Window = Object.assign(
    function construct(options: BrowserWindowConstructorOptions) {
      return open(options);
    },
    { getAllWindows: () => windows.map((fake) => byFake.get(fake) as BrowserWindow) },
  );
  return { BrowserWindow: Window as unknown as typeof BrowserWindow, windows };
}
