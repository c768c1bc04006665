import { Sunrise } from 'lucide-react';
import { formatTime } from '../i18n/format.ts';
import { useScreen, useText, useTimeZone, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Strip } from './strip.tsx';

const leftOver = (view: View) => view.status?.leftOver;

/** What the end of the day took off this screen, and the way to have it back. */
export function LeftOverStrip() {
  const { actions } = useScreen();
  const { t, locale } = useText();
  const timeZone = useTimeZone();
  const off = useView(leftOver);
  if (!off) return null;
  return (
    <Strip
      tone="warning"
      mark="strip-left-over"
      icon={<Sunrise aria-hidden="true" />}
      title={t('leftOver.title', { count: off.count, time: formatTime(off.before, timeZone, locale) })}
      other={{ label: t('leftOver.show'), run: () => void actions.ask('showLeftOver', null) }}
      action={{ label: t('attention.dismiss'), run: () => void actions.ask('dismissLeftOver', null) }}
    >
      {t('leftOver.do')}
    </Strip>
  );
}
