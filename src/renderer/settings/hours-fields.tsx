import type { Hours } from '#contract/settings.ts';
import { useText } from '../shared/screen.tsx';
import controls from './controls.module.css';
import { readTime } from './read-time.ts';
import { TextField } from './text-field.tsx';

/** From one time of day to another, in the store's time. */
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
