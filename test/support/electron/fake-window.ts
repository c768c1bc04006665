import { EventEmitter } from 'node:events';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Display,
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
  /** Whether it was visible before its page had painted. */
  flashed: boolean;
  /** Pages that came out of the printer. */
  printed: number;
  /** A system dialog that the page waits for. */
  dialog: 'print' | null;
  /** Whether its page is muted. */
  silent: boolean;
  /** Whether it flashes in the task bar. */
  flashing: boolean;
  /** The overlay on its icon in the Windows task bar: the picture's path and its description. */
  overlay: { path: string; words: string } | null;
  /** Its place while it is not full screen. */
  bounds: Rectangle;
  /** Where it is now. */
  area(): Rectangle;
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

/** `BrowserWindow`, and the list of open windows. @param printer whether the system has one */
export function fakeWindows(app: App, platform: NodeJS.Platform, displays: () => Display[], printer: boolean) {
  const windows: FakeWindow[] = [];

  function open(options: BrowserWindowConstructorOptions): BrowserWindow {
    const events = new EventEmitter();
    const toPage = new EventEmitter();
    const set = (change: Partial<FakeWindow>): void => void Object.assign(fake, change);
    let painted = false;
    let fullScreenable = true;
    let macKiosk = false;
    let fullScreenBeforeKiosk = false;
    /** The monitor that it fills; it keeps this place if the monitor goes. */
    let filled: Rectangle | null = null;

    const appear = (): void => set({ shown: true, flashed: fake.flashed || !painted });
    function changeFullScreen(fullScreen: boolean): void {
      if (fake.fullScreen === fullScreen) return;
      const tell = () => events.emit(fullScreen ? 'enter-full-screen' : 'leave-full-screen');
      if (platform === 'win32') tell();
      set({ fullScreen });
      filled = fullScreen ? monitorOf(fake.bounds, displays()) : null;
      if (platform !== 'win32') tell();
    }
    function setFullScreen(on: boolean): void {
      if (!fullScreenable) return;
      if (platform === 'darwin') return void setImmediate(() => windows.includes(fake) && changeFullScreen(on));
      if (platform === 'linux' && on && !fake.shown) appear();
      changeFullScreen(on);
    }
    function setKiosk(on: boolean): void {
      if (platform !== 'darwin') setFullScreen(on);
      if (platform !== 'darwin' || macKiosk === on) return;
      macKiosk = on;
      if (on) fullScreenBeforeKiosk = fake.fullScreen;
      if (!fullScreenBeforeKiosk) setFullScreen(on);
    }
    function initFromOptions(): void {
      if (platform === 'darwin' && options.fullscreen === false) fullScreenable = false;
      fullScreenable = options.fullscreenable ?? fullScreenable;
      if (options.fullscreen) setFullScreen(true);
      if (options.kiosk) setKiosk(true);
      if (options.show !== false) appear();
    }
    const contentsMethods = {
      send(channel, ...args) {
        toPage.emit(channel, {}, ...(structuredClone(args) as unknown[]));
      },
      setAudioMuted: (silent) => set({ silent }),
      setWindowOpenHandler: (openHandler) => set({ openHandler }),
      isDestroyed: () => !windows.includes(fake),
      reload: () => set({ reloads: fake.reloads + 1 }),
      executeJavaScript: () => (fake.dialog ? new Promise<never>(() => {}) : Promise.resolve(0)),
      print(how, done) {
        if (!how?.silent) return set({ dialog: 'print' });
        if (printer) set({ printed: fake.printed + 1 });
        setImmediate(() => done?.(printer, printer ? '' : 'Invalid printer settings'));
      },
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
        setImmediate(() => {
          painted = true;
          events.emit('ready-to-show');
        });
      },
      show() {
        appear();
        events.emit('show');
      },
      hide: () => set({ shown: false, focused: false }),
      focus: () => fake.look(),
      minimize() {
        set({ minimized: true, focused: false });
        events.emit('minimize');
      },
      restore: () => set({ minimized: false }),
      maximize: () => set({ maximized: true }),
      setFullScreen,
      setKiosk,
      flashFrame: (flashing) => set({ flashing }),
      setOverlayIcon(image, words) {
        fake.overlay = image && { path: (image as unknown as { path: string }).path, words };
      },
      isVisible: () => fake.shown,
      isFocused: () => fake.focused,
      isMinimized: () => fake.minimized,
      isMaximized: () => fake.maximized,
      isFullScreen: () => fake.fullScreen,
      isKiosk: () => (platform === 'darwin' ? macKiosk : fake.fullScreen),
      isDestroyed: () => !windows.includes(fake),
      getBounds: () => fake.area(),
      getNormalBounds: () => fake.bounds,
      setBounds(to) {
        if (!fake.fullScreen) fake.move({ ...fake.bounds, ...to });
      },
      close: () => void fake.close(),
    } satisfies Partial<BrowserWindow>;

    const fake: FakeWindow = {
      options,
      url: null,
      ...{ shown: false, focused: false, minimized: false, maximized: false, silent: false, flashing: false },
      ...{ fullScreen: false, flashed: false, printed: 0, dialog: null },
      overlay: null,
      area: () => filled ?? fake.bounds,
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
    app.emit('web-contents-created', {}, contents);
    app.emit('browser-window-created', {}, window);
    initFromOptions();
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

/** The bounds of the monitor that shows most of a window; of the main one, if none shows it. */
function monitorOf(window: Rectangle, displays: Display[]): Rectangle | null {
  const overlap = (from: number, length: number, from2: number, length2: number): number =>
    Math.max(0, Math.min(from + length, from2 + length2) - Math.max(from, from2));
  const shown = ({ bounds }: Display): number =>
    overlap(window.x, window.width, bounds.x, bounds.width) * overlap(window.y, window.height, bounds.y, bounds.height);
  return displays.toSorted((a, b) => shown(b) - shown(a))[0]?.bounds ?? null;
}
