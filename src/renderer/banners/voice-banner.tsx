import { MessageCircleOff } from 'lucide-react';
import { useStore } from 'zustand';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Banner } from './banner.tsx';

const wanted = (view: View) => view.status?.settings.speakNumbers === true;

/** Says that numbers cannot be spoken: this device has no voice for the language of the screen. */
export function VoiceBanner() {
  const { actions, sound } = useScreen();
  const { t, language } = useText();
  const spoken = useStore(sound.voice);
  if (!useView(wanted) || spoken.has(language)) return null;
  return (
    <Banner
      tone="warning"
      mark="strip-voice"
      icon={<MessageCircleOff aria-hidden="true" />}
      title={t('sounds.noVoice')}
      action={{ label: t('sounds.noVoice.off'), run: () => actions.ask('changeSettings', { speakNumbers: false }) }}
    >
      {t('sounds.noVoice.do', { language: LANGUAGE_NAMES[language] })}
    </Banner>
  );
}
