import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { AllDayBar } from './all-day/all-day-bar.tsx';
import { Banners } from './banners/banners.tsx';
import { Board } from './board/board.tsx';
import { ReadyStrip } from './board/ready-strip.tsx';
import { FootFigures } from './figures/foot-figures.tsx';
import { Header } from './header/header.tsx';
import { Announcer } from './shared/announcer.tsx';
import { lazyPart } from './shared/lazy-part.ts';
import { useText, useUi, useView } from './shared/screen.tsx';
import type { Ui } from './shared/ui-store.ts';
import { AlarmEdge } from './sound/alarm-edge.tsx';
import { useScope } from './stations/scope-context.tsx';
import { Toasts } from './toasts/toasts.tsx';
import type { View } from './view-store/view-store.ts';
import './styles/density.css';
import footer from './styles/footer.module.css';

const Pager = lazyPart(() => import('./board/pager.tsx').then(({ Pager }) => Pager));
const PickupBoard = lazyPart(() => import('./pickup/pickup-board.tsx').then(({ PickupBoard }) => PickupBoard));

const theme = (view: View) => view.status?.settings.theme ?? 'dark';
const zoom = (view: View) => view.status?.settings.zoom ?? 1;
const density = (view: View) => view.status?.settings.density ?? 'comfortable';
const textSize = (view: View) => view.status?.settings.textSize ?? 1;
const unseen = (view: View) => view.status?.alarm.orderIds.length ?? 0;
const storeName = (view: View) => view.status?.store?.name;
const setup = (view: View) => view.status?.setup;
const wantsPairing = (ui: Ui) => ui.pairing !== null;

/** The whole screen: header, board, what needs a person, footer; or the numbers for customers. */
export function App() {
  usePageStyle();
  usePageTitle();
  const [panels, late, keys] = usePanels() ?? [];
  const pairing = useUi(wantsPairing);
  const needed = useView(setup) === 'needed' || pairing;
  const isPickup = useScope().screen === 'pickup';
  return (
    <>
      {needed ? (
        panels && <panels.Panels firstRun />
      ) : isPickup ? (
        <>
          <Suspense>
            <PickupBoard />
          </Suspense>
          {panels && <panels.Panels firstRun={false} />}
        </>
      ) : (
        <div className="app">
          <Header />
          <Board />
          <Banners>{late && <late.LateBanners />}</Banners>
          <ReadyStrip />
          <footer className={footer.footer}>
            <Toasts />
            <AllDayBar />
            <Suspense>
              <Pager />
            </Suspense>
            <FootFigures />
          </footer>
          {keys && <keys.KeyLegendBar />}
          {panels && <panels.Panels firstRun={false} />}
        </div>
      )}
      <Announcer />
      <AlarmEdge />
    </>
  );
}

const RETRY_MS = 3_000;
const loadPanels = () =>
  Promise.all([import('./panels.tsx'), import('./banners/late-banners.tsx'), import('./keys/key-legend-bar.tsx')]);
type Loaded = Awaited<ReturnType<typeof loadPanels>>;

/**
 * Loads the panels once the board is painted, so that they are available when the page's host is not. A panel that was tapped
 * earlier opens then.
 */
function usePanels(): Loaded | null {
  const text = useText();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    const load = () =>
      void Promise.all([loadPanels(), text.loadPanels()]).then(
        ([modules]) => setLoaded(modules),
        (error) => {
          console.error('the panels could not be loaded', error);
          setTimeout(load, RETRY_MS);
        },
      );
    if (!loaded) requestIdleCallback(load, { timeout: 1_000 });
  }, [text, loaded]);
  return loaded;
}

/** Sets language, direction, theme and size on the root element, where the tokens read them. */
function usePageStyle(): void {
  const { language, dir } = useText();
  const wanted = useView(theme);
  const system = useSyncExternalStore(onSystemTheme, systemTheme);
  const size = useView(zoom);
  const scale = useView(textSize);
  const dense = useView(density);
  useEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    root.dir = dir;
    root.dataset.theme = wanted === 'system' ? system : wanted;
    root.dataset.density = dense;
    root.style.setProperty('--zoom', String(size));
    root.style.setProperty('--text-size', String(scale));
  }, [language, dir, wanted, system, size, scale, dense]);
}

/** Shows the number of unseen orders, the one thing that fits a tab, a task bar and a window list. */
function usePageTitle(): void {
  const count = useView(unseen);
  const name = useView(storeName);
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ''}${name ? `${name} · ` : ''}Ticketrail`;
  }, [count, name]);
}

const LIGHT = matchMedia('(prefers-color-scheme: light)');
const STRONG = matchMedia('(prefers-contrast: more)');
const systemTheme = (): 'contrast' | 'light' | 'dark' =>
  STRONG.matches ? 'contrast' : LIGHT.matches ? 'light' : 'dark';
function onSystemTheme(changed: () => void): () => void {
  for (const query of [LIGHT, STRONG]) query.addEventListener('change', changed);
  return () => {
    for (const query of [LIGHT, STRONG]) query.removeEventListener('change', changed);
  };
}
