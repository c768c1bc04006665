import { Plus, Trash2 } from 'lucide-react';
import { MODIFIER_COLOURS, type ModifierColour } from '#contract/setting-names.ts';
import type { ColouredModifiers } from '#contract/settings.ts';
import { Button } from '../shared/button.tsx';
import { useText } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';
import controls from './controls.module.css';
import { listOf } from './list-of.ts';
import css from './settings.module.css';
import { TextField } from './text-field.tsx';
import { useSettings } from './use-settings.ts';

/** The schema's maxima. */
const MOST = 20;
const MOST_WORDS = 50;

/** Words, and the colour of the modifiers that contain one of them. */
export function ModifierColoursRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const { modifierColours } = settings;
  const set = (next: ColouredModifiers[]) => change({ modifierColours: next });
  return (
    <div className={controls.setting}>
      <h4>{t('settings.modifierColours')}</h4>
      {modifierColours.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: colours have no identity but their place
        <fieldset key={at} className={css.station} data-testid="modifier-colour">
          <legend className="sr-only">{t('settings.modifierColours')}</legend>
          <TextField
            label={t('settings.modifierColours.words')}
            value={one.words.join(', ')}
            onChange={(typed) => set(modifierColours.with(at, { ...one, words: listOf(typed).slice(0, MOST_WORDS) }))}
          />
          <ChoiceRow<ModifierColour>
            name={t('settings.modifierColours.colour')}
            value={one.colour}
            options={MODIFIER_COLOURS.map((value) => ({ value, label: t(`settings.modifierColours.${value}`) }))}
            onChoose={(colour) => set(modifierColours.with(at, { ...one, colour }))}
          />
          <Button icon={Trash2} onClick={() => set(modifierColours.toSpliced(at, 1))}>
            {t('settings.modifierColours.remove')}
          </Button>
        </fieldset>
      ))}
      {modifierColours.length < MOST && (
        <Button
          icon={Plus}
          mark="add-modifier-colour"
          onClick={() => set([...modifierColours, { words: [], colour: 'red' }])}
        >
          {t('settings.modifierColours.add')}
        </Button>
      )}
    </div>
  );
}
