import { type ReactNode, Suspense } from 'react';
import { lazyPart } from '../shared/lazy-part.ts';
import { useText } from '../shared/screen.tsx';
import css from './banner.module.css';
import { LinkBanner } from './link-banner.tsx';
import { UnseenBanner } from './unseen-banner.tsx';

const CalledOffBanner = lazyPart(() =>
  import('./called-off-banner.tsx').then(({ CalledOffBanner }) => CalledOffBanner),
);
const RareBanners = lazyPart(() => import('./rare-banners.tsx').then(({ RareBanners }) => RareBanners));

/**
 * The banners, between the board and the footer. At the bottom, a banner that comes or goes changes only the height of the
 * board, which keeps its tickets in place while somebody touches the screen (flow-pages.tsx).
 *
 * @param children those that are loaded after the board
 */
export function Banners({ children }: { children: ReactNode }) {
  const { t } = useText();
  return (
    <section id="banners" className={css.banners} data-testid="banners" aria-label={t('strips.label')}>
      <Suspense>
        <CalledOffBanner />
      </Suspense>
      <UnseenBanner />
      <LinkBanner />
      <Suspense>
        <RareBanners />
      </Suspense>
      {children}
    </section>
  );
}
