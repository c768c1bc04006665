import { Lock, RotateCcw } from 'lucide-react';
import { isProtected } from '#contract/protected-settings.ts';
import { formatUnit } from '../i18n/format.ts';
import { Button } from '../shared/button.tsx';
import { useText } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { differs, patchAt, patchBack, valueAt } from './setting-path.ts';
import { hintOf, labelOf, optionOf, type SettingRow } from './setting-row.ts';
import css from './settings.module.css';
import { Stepper } from './stepper.tsx';
import { Switch } from './switch.tsx';
import { useSettings } from './use-settings.ts';

/** Rows that hold no setting but are protected by the PIN. The dialog that chooses a file would lead out of a kiosk. */
const KEPT_TOOLS = new Set(['server', 'file']);
export const isKept = (row: SettingRow): boolean => KEPT_TOOLS.has(row.id) || row.paths.some(isProtected);

/** One setting: its control, its hint and a reset to the default. While locked it is read-only. */
export function SettingLine({ row, locked }: { row: SettingRow; locked: boolean }) {
  const { t } = useText();
  const { settings, defaults, change } = useSettings();
  const kept = locked && isKept(row);
  const moved = defaults !== null && differs(settings, defaults, row.paths);
  return (
    <li className={css.settingLine} data-setting={row.id}>
      <fieldset disabled={kept} className={css.settingControl}>
        <Control row={row} />
        {row.hint && <p className={css.settingHint}>{hintOf(row, t)}</p>}
        {moved && (
          <Button
            icon={RotateCcw}
            className={css.settingBack}
            aria-label={`${labelOf(row, t)}: ${t('settings.back')}`}
            onClick={() => change(patchBack(settings, defaults, row.paths))}
          >
            {t('settings.back')}
          </Button>
        )}
      </fieldset>
      {kept && (
        <p className={css.settingKept}>
          <Lock />
          {t('settings.kept')}
        </p>
      )}
    </li>
  );
}

function Control({ row }: { row: SettingRow }) {
  const text = useText();
  const { t } = text;
  const { settings, change } = useSettings();
  const label = labelOf(row, t);
  switch (row.kind) {
    case 'own':
      return <row.Control />;
    case 'switch':
      return (
        <Switch
          label={label}
          on={valueAt<boolean>(settings, row.path)}
          onChange={(on) => change(patchAt(settings, row.path, on))}
        />
      );
    case 'number':
      return (
        <Stepper
          label={label}
          value={valueAt<number>(settings, row.path)}
          min={row.min}
          max={row.max}
          step={row.step}
          format={(value) => formatUnit(row.unit, value, text)}
          onChange={(value) => change(patchAt(settings, row.path, value))}
        />
      );
    case 'choice':
      return (
        <ChoiceRow
          name={label}
          value={valueAt<string>(settings, row.path)}
          options={row.options.map((value) => ({ value, label: optionOf(row.path, value, t) }))}
          onChoose={(value) => change(patchAt(settings, row.path, value))}
        />
      );
  }
}
