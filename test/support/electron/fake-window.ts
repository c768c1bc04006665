import { EventEmitter } from 'node:events';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  RenderProcessGoneDetails,
  WebContents,
} from 'electron';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** One window and its page, as a test sees them. */
export interface FakeWindow {
  options: BrowserWindowConstructorOptions;
  url: string | null;
  shown: boolean;
  focused: boolean;
  minimized: boolean;
  maximized: boolean;
  fullScreen: boolean;
  kiosk: boolean;
  /** Whether its page is muted. */
  silent: boolean;
  /** Whether it flashes in the task bar. */
  flashing: boolean;
  /** The overlay on its icon in the Windows task bar: the picture's path and its description. */
  overlay: { path: string; words: string } | null;
  bounds: Rectangle;
  /** Emits what main sends to the page, by channel. */
  toPage: EventEmitter;
  contents: WebContents & EventEmitter;
  openHandler: OpenHandler | null;
  /** How often its page was reloaded. */
  reloads: number;
  /** Crashes its page's process. */
  crash(reason: RenderProcessGoneDetails['reason']): void;
  /** A person presses its close button, or the program ends; true: it is closed. */
  close(): boolean;
  /** A person drags it. */
  move(to: Rectangle): void;
  /** A person focuses it. */
  look(): void;
  emit(event: string, ...args: unknown[]): void;
}

/** `BrowserWindow`, and the list of open windows. */
export function fakeWindows(app: App) {
  const windows: FakeWindow[] = [];

  function open(options: BrowserWindowConstructorOptions): BrowserWindow {
    const events = new EventEmitter();
    const toPage = new EventEmitter();
    const set = (change: Partial<FakeWindow>): void => void Object.assign(fake, change);
    const contentsMethods = {
      send(channel, ...args) {
        toPage.emit(channel, {}, ...(structuredClone(args) as unknown[]));
      },
      setAudioMuted: (silent) => set({ silent }),
      setWindowOpenHandler: (openHandler) => set({ openHandler }),
      isDestroyed: () => !windows.includes(fake),
      reload: () => set({ reloads: fake.reloads + 1 }),
      executeJavaScript: async () => 0,
      forcefullyCrashRenderer: () => fake.crash('killed'),
      isCrashed: () => false,
      isLoadingMainFrame: () => false,
    } satisfies Partial<WebContents>;
    const contents = Object.assign(new EventEmitter(), contentsMethods) as unknown as FakeWindow['contents'];

    const methods = {
      webContents: contents,
      async loadURL(url) {
        fake.url = url;
        contents.emit('did-start-loading');
        setImmediate(() => events.emit('ready-to-show'));
      },
      show: () => set({ shown: true }),
      hide: () => set({ shown: false, focused: false }),
      focus: () => fake.look(),
      minimize: () => set({ minimized: true, focused: false }),
      restore: () => set({ minimized: false }),
      maximize: () => set({ maximized: true }),
      setFullScreen: (fullScreen) => set({ fullScreen }),
      setKiosk: (kiosk) => set({ kiosk }),
      flashFrame: (flashing) => set({ flashing }),
      setOverlayIcon(image, words) {
        fake.overlay = image && { path: (image as unknown as { path: string }).path, words };
      },
      isVisible: () => fake.shown,
      isFocused: () => fake.focused,
      isMinimized: () => fake.minimized,
      isMaximized: () => fake.maximized,
      isFullScreen: () => fake.fullScreen,
      isKiosk: () => fake.kiosk,
      isDestroyed: () => !windows.includes(fake),
      getNormalBounds: () => fake.bounds,
      close: () => void fake.close(),
    } satisfies Partial<BrowserWindow>;

    const fake: FakeWindow = {
      options,
      url: null,
      ...{ shown: false, focused: false, minimized: false, maximized: false, silent: false, flashing: false },
      fullScreen: options.fullscreen ?? false,
      kiosk: options.kiosk ?? false,
      overlay: null,
      bounds: { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 },
      toPage,
      contents,
      openHandler: null,
      reloads: 0,
      crash(reason) {
        app.emit('render-process-gone', {}, contents, { reason, exitCode: 1 });
      },
      close() {
        if (!windows.includes(fake)) return true;
        let prevented = false;
        events.emit('close', { preventDefault: () => (prevented = true) });
        if (prevented) return false;
        windows.splice(windows.indexOf(fake), 1);
        events.emit('closed');
        if (windows.length === 0) app.emit('window-all-closed');
        return true;
      },
      move(to) {
        fake.bounds = to;
        events.emit('move');
      },
      look() {
        fake.focused = true;
        events.emit('focus');
      },
      emit: (event, ...args) => void events.emit(event, ...args),
    };
    windows.push(fake);
    const window = Object.assign(events, methods) as unknown as BrowserWindow;
    byFake.set(fake, window);
    app.emit('browser-window-created', {}, window);
    app.emit('web-contents-created', {}, contents);
    return window;
  }

  const byFake = new Map<FakeWindow, BrowserWindow>();
  const windowOf = (fake: FakeWindow): BrowserWindow => byFake.get(fake) as BrowserWindow;
  // A constructor that returns an object gives that object to `new`.
  const Window = Object.assign(
    function construct(options: BrowserWindowConstructorOptions) {
      return open(options);
    },
    {
      getAllWindows: () => windows.map(windowOf),
      getFocusedWindow: () => windows.filter(({ focused }) => focused).map(windowOf)[0] ?? null,
    },
  );
  return { BrowserWindow: Window as unknown as typeof BrowserWindow, windows };
}
