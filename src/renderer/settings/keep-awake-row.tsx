import { useStore } from 'zustand';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { ChoiceRow } from './choice-row.tsx';
import controls from './controls.module.css';
import { HoursFields } from './hours-fields.tsx';
import css from './settings.module.css';
import { useSettings } from './use-settings.ts';

const inBrowser = (view: View) => view.status?.desktop === null;

/** When the machine's screen does not go dark. Where the browser does not see to that, what to do instead. */
export function KeepAwakeRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const { desktop } = settings;
  const cannot = useStore(useScreen().awake) === 'cannot';
  const left = useView(inBrowser) && cannot && desktop.keepAwake !== 'never';
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
