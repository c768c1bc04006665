import { useText } from '../shared/screen.tsx';
import controls from './controls.module.css';
import { HoursFields } from './hours-fields.tsx';
import { Switch } from './switch.tsx';
import { useSettings } from './use-settings.ts';

/** What quiet hours begin as when they are turned on. */
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
