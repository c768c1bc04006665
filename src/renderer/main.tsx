import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { keepAwake } from './awake/keep-awake.ts';
import { openBridge } from './bridge/open-bridge.ts';
import { loadLanguage } from './i18n/load-language.ts';
import { createTextStore } from './i18n/text-store.ts';
import { followKeys } from './keys/follow-keys.ts';
import { createActions } from './shared/actions.ts';
import { CrashBoundary } from './shared/crash-boundary.tsx';
import { handleNavigation } from './shared/handle-navigation.ts';
import { type Screen, ScreenProvider, WordsProvider } from './shared/screen.tsx';
import { createTicker } from './shared/ticker.ts';
import { createUiStore } from './shared/ui-store.ts';
import { createSound } from './sound/create-sound.ts';
import { startAlarm } from './sound/start-alarm.ts';
import { ScopeProvider, scopeIn } from './stations/scope-context.tsx';
import './styles/base.css';
import { TicketOptionsProvider } from './ticket/ticket-options.tsx';
import { createToastStore, toastNotices } from './toasts/toast-store.ts';
import { feedView } from './view-store/feed-view.ts';
import { nextFrame } from './view-store/next-frame.ts';
import { serverNow } from './view-store/shown-link.ts';
import { createViewStore } from './view-store/view-store.ts';

const root = document.getElementById('screen');
if (!root) throw new Error('no #screen in the page');

const bridge = await openBridge();
const view = createViewStore();
const toasts = createToastStore();
const sound = createSound(window);
const now = () => serverNow(view.getState(), performance.now()) ?? 0;
const undoSeconds = () => view.getState().status?.settings.undoSeconds ?? 0;
const ticker = createTicker();
const after = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
const screen: Screen = {
  view,
  text: createTextStore({ view, load: loadLanguage, after }),
  ui: createUiStore(),
  toasts,
  sound,
  actions: createActions({ bridge, toasts, scope: scopeIn(view), now, undoSeconds }),
  awake: keepAwake({ view, ticker, now }, document, 'wakeLock' in navigator ? navigator.wakeLock : undefined),
  ticker,
  now,
};

// The page lives as long as its window, so nothing here is ever unsubscribed.
// First, because the program sends a pending navigation at the page's first call.
handleNavigation(bridge, screen.ui);
feedView(view, bridge, {
  now: () => performance.now(),
  wall: () => Date.now(),
  after,
  frame: (run) => nextFrame(window, run),
});
toastNotices(bridge, toasts);
view.subscribe(({ board }, before) => board !== before.board && screen.actions.followBoard(board.tickets));
startAlarm(screen, scopeIn(view), bridge);
followKeys(screen, document);

createRoot(root).render(
  <CrashBoundary>
    <ScreenProvider value={screen}>
      <WordsProvider>
        <ScopeProvider>
          <TicketOptionsProvider>
            <App />
          </TicketOptionsProvider>
        </ScopeProvider>
      </WordsProvider>
    </ScreenProvider>
  </CrashBoundary>,
);
