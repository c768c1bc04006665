import { useStore } from 'zustand';
import type { Hours } from '#contract/settings.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';
import controls from './controls.module.css';
import css from './settings.module.css';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';
import { useSettings } from './use-settings.ts';

/** Reads `7`, `730`, `7.30` and `07:30` as `07:30`; null for anything else. People do not type colons. */
export function readTime(typed: string): string | null {
  const match = /^(\d{1,2})(?:[:. h]?([0-5]\d))?$/.exec(typed.trim());
  const hour = Number(match?.[1]);
  if (!match || hour > 23) return null;
  return `${String(hour).padStart(2, '0')}:${match[2] ?? '00'}`;
}

/** A range of times of day, in the store's time zone. */
export function HoursFields({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const { t } = useText();
  const time = { read: readTime, dir: 'ltr', maxLength: 5, time: true } as const;
  return (
    <div className={controls.settingRow}>
      <TextField
        {...time}
        label={t('settings.from')}
        value={hours.from}
        onChange={(from) => onChange({ ...hours, from })}
      />
      <TextField {...time} label={t('settings.to')} value={hours.to} onChange={(to) => onChange({ ...hours, to })} />
    </div>
  );
}

/** The first value of quiet hours. */
const NIGHT = { from: '23:00', to: '07:00' };

export function QuietHoursRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const hours = settings.quietHours;
  return (
    <div className={controls.setting}>
      <Switch
        label={t('settings.quietHours')}
        on={hours !== null}
        onChange={(on) => change({ quietHours: on ? NIGHT : null })}
      />
      {hours && <HoursFields hours={hours} onChange={(quietHours) => change({ quietHours })} />}
    </div>
  );
}

/** After the last kitchen closes, and before the first one opens. */
const USUAL = '04:00';

export function EndOfDayRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const time = settings.endOfDay;
  return (
    <div className={controls.setting}>
      <Switch
        label={t('settings.endOfDay')}
        on={time !== null}
        onChange={(on) => change({ endOfDay: on ? USUAL : null })}
      />
      {time !== null && (
        <TextField
          label={t('settings.at')}
          value={time}
          read={readTime}
          dir="ltr"
          maxLength={5}
          time
          onChange={(endOfDay) => change({ endOfDay })}
        />
      )}
    </div>
  );
}

/** When the screen is kept on; where the browser cannot do that, what to do instead. */
export function KeepAwakeRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const { desktop } = settings;
  const cannot = useStore(useScreen().awake) === 'cannot';
  const left = useView((view) => view.status?.desktop === null) && cannot && desktop.keepAwake !== 'never';
  const set = (part: Partial<typeof desktop>) => change({ desktop: { ...desktop, ...part } });
  return (
    <div className={controls.setting}>
      <ChoiceRow
        name={t('settings.keepAwake')}
        value={desktop.keepAwake}
        options={(['never', 'always', 'hours'] as const).map((value) => ({
          value,
          label: t(`settings.keepAwake.${value}`),
        }))}
        onChoose={(keepAwake) => set({ keepAwake })}
      />
      {desktop.keepAwake === 'hours' && (
        <HoursFields hours={desktop.keepAwakeHours} onChange={(keepAwakeHours) => set({ keepAwakeHours })} />
      )}
      {left && <p className={css.settingHint}>{t('settings.keepAwake.cannot')}</p>}
    </div>
  );
}
