import { Sunrise } from 'lucide-react';
import { formatTime } from '../i18n/format.ts';
import { useScreen, useText, useTimeZone, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Banner } from './banner.tsx';

const carriedOverOrders = (view: View) => view.status?.carriedOver;

/** Which orders the end of the day took off this screen, and a button to show them again. */
export function CarriedOverBanner() {
  const { actions } = useScreen();
  const { t, locale } = useText();
  const timeZone = useTimeZone();
  const carriedOver = useView(carriedOverOrders);
  if (!carriedOver) return null;
  return (
    <Banner
      tone="warning"
      mark="strip-left-over"
      icon={<Sunrise aria-hidden="true" />}
      title={t('carriedOver.title', {
        count: carriedOver.count,
        time: formatTime(carriedOver.before, timeZone, locale),
      })}
      other={{ label: t('carriedOver.show'), run: () => void actions.ask('showCarriedOver', null) }}
      action={{ label: t('failedCommand.dismiss'), run: () => void actions.ask('dismissCarriedOver', null) }}
    >
      {t('carriedOver.do')}
    </Banner>
  );
}
