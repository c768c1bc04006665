import { useText } from '../shared/screen.tsx';
import controls from './controls.module.css';
import { readTime } from './read-time.ts';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';
import { useSettings } from './use-settings.ts';

/** Late enough for every kitchen, and before the first one opens. */
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
