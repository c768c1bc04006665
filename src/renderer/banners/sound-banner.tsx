import { BellOff, MessageCircleOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatTime } from '../i18n/format.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import { useScreen, useSetting, useText, useTimeZone, useView } from '../shared/screen.tsx';
import type { SilenceReason } from '../sound/silence-reason.ts';
import { useSilenceReason } from '../sound/use-silence-reason.ts';
import type { View } from '../view-store/view-store.ts';
import { Banner, type BannerProps } from './banner.tsx';

/** Says that this screen does not ring: because it cannot, or because somebody silenced it. */
export function SoundBanner() {
  const { sound } = useScreen();
  const { t } = useText();
  const state = useStore(sound);
  const reason = useSilenceReason();
  if (state === 'failed') return <Silent title={t('sound.failed')}>{t('sound.failed.do')}</Silent>;
  if (reason) return <Silenced reason={reason} />;
  if (state === 'ready') return null;
  return (
    <Silent title={t('sound.blocked')} action={{ label: t('sound.enable'), run: () => sound.resume() }}>
      {t('sound.blocked.do')}
    </Silent>
  );
}

const mutedUntil = (view: View) => view.status?.mutedUntil ?? 0;

function Silenced({ reason }: { reason: SilenceReason }) {
  const { actions, ui } = useScreen();
  const { t, locale } = useText();
  const timeZone = useTimeZone();
  const muted = formatTime(useView(mutedUntil), timeZone, locale);
  const quiet = useSetting('quietHours', null)?.to ?? '';
  const settings = { label: t('settings.title'), run: () => ui.setState({ settings: true }) };
  switch (reason) {
    case 'volume':
      return (
        <Silent title={t('sound.muted')} action={settings}>
          {t('sound.muted.do')}
        </Silent>
      );
    case 'muted':
      return (
        <Silent
          title={t('sounds.mutedUntil', { time: muted })}
          action={{ label: t('sounds.unmute'), run: () => actions.ask('mute', { minutes: 0 }) }}
        >
          {t('sounds.flashOnly')}
        </Silent>
      );
    case 'quiet':
      return (
        <Silent title={t('sounds.quiet', { time: quiet })} action={settings}>
          {t('sounds.flashOnly')}
        </Silent>
      );
    case 'off':
      return (
        <Silent title={t('sounds.newOff')} action={settings}>
          {t('sounds.flashOnly')}
        </Silent>
      );
  }
}

function Silent({ title, action, children }: Pick<BannerProps, 'title' | 'action'> & { children: ReactNode }) {
  return (
    <Banner tone="warning" mark="strip-sound" icon={<BellOff aria-hidden="true" />} title={title} action={action} minor>
      {children}
    </Banner>
  );
}

/** Says that numbers cannot be spoken: this device has no voice for the language of the screen. */
export function VoiceBanner() {
  const { actions, sound } = useScreen();
  const { t, language } = useText();
  const spoken = useStore(sound.voice);
  const wanted = useSetting('speakNumbers', false);
  if (!wanted || spoken.has(language)) return null;
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
