import { Sunrise } from 'lucide-react';
import { FilterBanner } from '../search/filter-banner.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { Banner } from './banner.tsx';
import { FailedCommandBanners } from './failed-command-banners.tsx';
import { SoundBanner, VoiceBanner } from './sound-banner.tsx';
import { TroubleBanners } from './trouble-banners.tsx';

/** The banners that the board can be painted without: one chunk, loaded with its first paint. */
export function RareBanners() {
  return (
    <>
      <FilterBanner />
      <TroubleBanners />
      <CarriedOverBanner />
      <FailedCommandBanners />
      <SoundBanner />
      <VoiceBanner />
    </>
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
