import { BellOff, MessageCircleOff } from 'lucide-react';
import { useStore } from 'zustand';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import { useScreen, useSetting, useText, useView } from '../shared/screen.tsx';
import { type SilenceReason, useSilenceReason } from '../sound/silence-reason.ts';
import { Banner, type BannerAction } from './banner.tsx';

/** Shows that this screen does not ring, because it cannot or because somebody silenced it. */
export function SoundBanner() {
  const { actions, sound, ui } = useScreen();
  const { t, time } = useText();
  const state = useStore(sound);
  const silence = useSilenceReason();
  const muted = time(useView((view) => view.status?.mutedUntil ?? 0));
  const quiet = useSetting('quietHours', null)?.to ?? '';
  const settings = { label: t('settings.title'), run: () => ui.setState({ settings: true }) };
  const unmute = { label: t('sounds.unmute'), run: () => actions.ask('mute', { minutes: 0 }) };
  const enable = { label: t('sound.enable'), run: () => sound.resume() };
  const flashOnly = t('sounds.flashOnly');
  const says: Record<SilenceReason | 'failed' | 'blocked', [title: string, advice: string, action?: BannerAction]> = {
    failed: [t('sound.failed'), t('sound.failed.do')],
    volume: [t('sound.muted'), t('sound.muted.do'), settings],
    muted: [t('sounds.mutedUntil', { time: muted }), flashOnly, unmute],
    quiet: [t('sounds.quiet', { time: quiet }), flashOnly, settings],
    off: [t('sounds.newOff'), flashOnly, settings],
    blocked: [t('sound.blocked'), t('sound.blocked.do'), enable],
  };
  const why = state === 'failed' ? state : (silence ?? (state === 'ready' ? null : 'blocked'));
  if (!why) return null;
  const [title, advice, action] = says[why];
  return (
    <Banner tone="warning" mark="strip-sound" icon={<BellOff />} title={title} action={action} minor>
      {advice}
    </Banner>
  );
}

/** Shows that this device has no voice for the screen's language, so it cannot speak numbers. */
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
      icon={<MessageCircleOff />}
      title={t('sounds.noVoice')}
      action={{ label: t('sounds.noVoice.off'), run: () => actions.ask('changeSettings', { speakNumbers: false }) }}
    >
      {t('sounds.noVoice.do', { language: LANGUAGE_NAMES[language] })}
    </Banner>
  );
}
