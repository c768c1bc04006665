import type { Hours } from '#contract/settings.ts';
import { useText } from '../shared/screen.tsx';
import { readTime } from './read-time.ts';
import { TextField } from './text-field.tsx';

/** From one time of day to another, in the store's time. */
export function HoursFields({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const { t } = useText();
  const time = { read: readTime, dir: 'ltr', maxLength: 5, className: 'text-field time' } as const;
  return (
    <div className="setting-row">
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
