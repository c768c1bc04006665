import { FilterBanner } from '../search/filter-banner.tsx';
import { useText } from '../shared/screen.tsx';
import css from './banner.module.css';
import { CarriedOverBanner } from './carried-over-banner.tsx';
import { FailedCommandBanners } from './failed-command-banners.tsx';
import { LinkBanner } from './link-banner.tsx';
import { SoundBanner, VoiceBanner } from './sound-banner.tsx';
import { TroubleBanners } from './trouble-banners.tsx';
import { UnseenBanner } from './unseen-banner.tsx';

/**
 * The banners, between the board and the footer. At the bottom, so that a banner that comes or goes never moves a ticket
 * from under a finger: only the height of the board changes.
 */
export function Banners() {
  const { t } = useText();
  return (
    <section id="banners" className={css.banners} data-testid="banners" aria-label={t('strips.label')}>
      <UnseenBanner />
      <LinkBanner />
      <FilterBanner />
      <TroubleBanners />
      <CarriedOverBanner />
      <FailedCommandBanners />
      <SoundBanner />
      <VoiceBanner />
    </section>
  );
}
