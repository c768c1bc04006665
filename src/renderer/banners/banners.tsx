import { Sunrise } from 'lucide-react';
import { FilterBanner } from '../search/filter-banner.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import css from './banner.module.css';
import { Banner } from './banner.tsx';
import { CalledOffBanner } from './called-off-banner.tsx';
import { FailedCommandBanners } from './failed-command-banners.tsx';
import { LinkBanner } from './link-banner.tsx';
import { SoundBanner, VoiceBanner } from './sound-banner.tsx';
import { TroubleBanners } from './trouble-banners.tsx';
import { UnseenBanner } from './unseen-banner.tsx';

/**
 * The banners, between the board and the footer. At the bottom, a banner that comes or goes never moves a ticket from under a
 * finger: only the height of the board changes.
 */
export function Banners() {
  const { t } = useText();
  return (
    <section id="banners" className={css.banners} data-testid="banners" aria-label={t('strips.label')}>
      <CalledOffBanner />
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

/** Which orders the end of the day took off this screen, and a button to show them again. */
function CarriedOverBanner() {
  const { actions } = useScreen();
  const { t, time } = useText();
  const carriedOver = useView((view) => view.status?.carriedOver);
  if (!carriedOver) return null;
  return (
    <Banner
      tone="warning"
      mark="strip-left-over"
      icon={<Sunrise />}
      title={t('carriedOver.title', {
        count: carriedOver.count,
        time: time(carriedOver.before),
      })}
      other={{ label: t('carriedOver.show'), run: () => void actions.ask('showCarriedOver', null) }}
      action={{ label: t('failedCommand.dismiss'), run: () => void actions.ask('dismissCarriedOver', null) }}
    >
      {t('carriedOver.do')}
    </Banner>
  );
}
