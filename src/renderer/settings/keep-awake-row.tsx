import { useText } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { HoursFields } from './hours-fields.tsx';
import { useSettings } from './use-settings.ts';

/** When the machine's screen does not go dark. */
export function KeepAwakeRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const { desktop } = settings;
  const set = (part: Partial<typeof desktop>) => change({ desktop: { ...desktop, ...part } });
  return (
    <div className="setting">
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
    </div>
  );
}
