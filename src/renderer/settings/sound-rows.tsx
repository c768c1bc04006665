import { Bell, BellOff, Volume2 } from 'lucide-react';
import type { SoundKind } from '#contract/setting-names.ts';
import { formatUnit } from '../i18n/format.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { MUTE_MINUTES } from '../sound/silence-reason.ts';
import controls from './controls.module.css';
import { Stepper } from './stepper.tsx';
import { Switch } from './switch.tsx';
import { useSettings } from './use-settings.ts';

/** One sound: on or off, its volume, and a test at that volume. */
function SoundRow({ kind }: { kind: SoundKind }) {
  const { sound } = useScreen();
  const text = useText();
  const { t } = text;
  const { settings, change } = useSettings();
  const own = settings.sounds[kind];
  const name = t(`settings.sounds.${kind}`);
  const set = (part: Partial<typeof own>) => change({ sounds: { ...settings.sounds, [kind]: { ...own, ...part } } });
  return (
    <div className={controls.setting}>
      <Switch label={name} on={own.on} onChange={(on) => set({ on })} />
      <Stepper
        label={t('settings.volumeOf', { sound: name })}
        value={own.volume}
        min={0.1}
        max={1}
        step={0.1}
        format={(value) => formatUnit('percent', value, text)}
        onChange={(volume) => set({ volume })}
      />
      <Button icon={Volume2} mark={`test-sound-${kind}`} onClick={() => sound.play(kind, settings.volume * own.volume)}>
        {t('settings.testOf', { sound: name })}
      </Button>
    </div>
  );
}

/** A component per kind, created once: rows are components without props. */
export const soundRow = (kind: SoundKind) => () => <SoundRow kind={kind} />;

/** Plays the bell of a new order at the set volume. */
export function TestSound() {
  const { sound } = useScreen();
  const { t } = useText();
  const { settings } = useSettings();
  return (
    <Button
      icon={Volume2}
      mark="test-sound"
      onClick={() => sound.play('new', settings.volume * settings.sounds.new.volume)}
    >
      {t('settings.testSound')}
    </Button>
  );
}

/** Silences this display for a while, or ends that. Not a setting, because it expires. */
export function MuteRow() {
  const { actions } = useScreen();
  const { t, time } = useText();
  const until = useView((view) => view.status?.mutedUntil ?? null);
  return (
    <div className={controls.setting}>
      {until !== null && <p>{t('sounds.mutedUntil', { time: time(until) })}</p>}
      <Button mark="mute" onClick={() => actions.ask('mute', { minutes: until === null ? MUTE_MINUTES : 0 })}>
        {until === null ? <BellOff /> : <Bell />}
        {until === null ? t('sounds.mute', { minutes: MUTE_MINUTES }) : t('sounds.unmute')}
      </Button>
    </div>
  );
}
