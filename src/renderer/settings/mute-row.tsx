import { Bell, BellOff } from 'lucide-react';
import { formatTime } from '../i18n/format.ts';
import { useScreen, useText, useTimeZone, useView } from '../shared/screen.tsx';
import { MUTE_MINUTES } from '../sound/mute-minutes.ts';
import buttons from '../styles/buttons.module.css';
import type { View } from '../view-store/view-store.ts';
import controls from './controls.module.css';

const mutedUntil = (view: View) => view.status?.mutedUntil ?? null;

/** Silences this display for a while, and ends that: no setting, for it ends by itself. */
export function MuteRow() {
  const { actions } = useScreen();
  const { t, locale } = useText();
  const timeZone = useTimeZone();
  const until = useView(mutedUntil);
  return (
    <div className={controls.setting}>
      {until !== null && <p>{t('sounds.mutedUntil', { time: formatTime(until, timeZone, locale) })}</p>}
      <button
        type="button"
        className={buttons.choice}
        data-testid="mute"
        onClick={() => actions.ask('mute', { minutes: until === null ? MUTE_MINUTES : 0 })}
      >
        {until === null ? <BellOff aria-hidden="true" /> : <Bell aria-hidden="true" />}
        {until === null ? t('sounds.mute', { minutes: MUTE_MINUTES }) : t('sounds.unmute')}
      </button>
    </div>
  );
}
