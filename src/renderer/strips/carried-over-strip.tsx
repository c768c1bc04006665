import { Sunrise } from 'lucide-react';
import { formatTime } from '../i18n/format.ts';
import { useScreen, useText, useTimeZone, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Strip } from './strip.tsx';

const carriedOver = (view: View) => view.status?.carriedOver;

/** What the end of the day took off this screen, and the way to have it back. */
export function CarriedOverStrip() {
  const { actions } = useScreen();
  const { t, locale } = useText();
  const timeZone = useTimeZone();
  const off = useView(carriedOver);
  if (!off) return null;
  return (
    <Strip
      tone="warning"
      mark="strip-left-over"
      icon={<Sunrise aria-hidden="true" />}
      title={t('carriedOver.title', { count: off.count, time: formatTime(off.before, timeZone, locale) })}
      other={{ label: t('carriedOver.show'), run: () => void actions.ask('showCarriedOver', null) }}
      action={{ label: t('failedCommand.dismiss'), run: () => void actions.ask('dismissCarriedOver', null) }}
    >
      {t('carriedOver.do')}
    </Strip>
  );
}
