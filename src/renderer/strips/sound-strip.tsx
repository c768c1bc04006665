import { BellOff } from 'lucide-react';
import { useStore } from 'zustand';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Strip } from './strip.tsx';

const volume = (view: View) => view.status?.settings.volume ?? 1;

/** Says for as long as it is so that this screen cannot ring. */
export function SoundStrip() {
  const { sound, ui } = useScreen();
  const { t } = useText();
  const state = useStore(sound);
  const muted = useView(volume) === 0;
  const icon = <BellOff aria-hidden="true" />;
  if (state === 'failed')
    return (
      <Strip tone="warning" mark="strip-sound" icon={icon} title={t('sound.failed')}>
        {t('sound.failed.do')}
      </Strip>
    );
  if (muted)
    return (
      <Strip
        tone="warning"
        mark="strip-sound"
        icon={icon}
        title={t('sound.muted')}
        action={{ label: t('settings.title'), run: () => ui.setState({ settings: true }) }}
      >
        {t('sound.muted.do')}
      </Strip>
    );
  if (state === 'ready') return null;
  return (
    <Strip
      tone="warning"
      mark="strip-sound"
      icon={icon}
      title={t('sound.blocked')}
      action={{ label: t('sound.enable'), run: () => sound.resume() }}
    >
      {t('sound.blocked.do')}
    </Strip>
  );
}
