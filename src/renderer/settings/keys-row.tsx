import { type KeyboardEvent, useState } from 'react';
import { KEY_ACTIONS, type KeyAction } from '#contract/setting-names.ts';
import { codesOf, conflictsOf, labelOf } from '../keys/profiles.ts';
import { Button } from '../shared/button.tsx';
import { useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import controls from './controls.module.css';
import css from './settings.module.css';
import { useSettings } from './use-settings.ts';

/** Keys that the browser and keyboard navigation need. */
const NOT_OURS = new Set(['Tab', 'ShiftLeft', 'ShiftRight', 'ControlLeft', 'ControlRight', 'AltLeft', 'AltRight']);

/** Assigns keys: after choosing an action, the next key pressed becomes its key. */
export function KeysRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const [asking, setAsking] = useState<KeyAction | null>(null);
  const { keys } = settings;
  const conflicts = conflictsOf(keys);

  function take(event: KeyboardEvent, action: KeyAction): void {
    if (asking !== action || NOT_OURS.has(event.code) || event.code.startsWith('Meta')) return;
    event.preventDefault();
    event.stopPropagation();
    setAsking(null);
    change({ keys: { ...keys, changed: { ...keys.changed, [action]: [event.code] } } });
  }
  function back(action: KeyAction): void {
    const { [action]: _, ...changed } = keys.changed;
    change({ keys: { ...keys, changed } });
  }

  return (
    <div className={controls.setting}>
      <h4>{t('settings.keys.changed')}</h4>
      <ul className={css.keyList}>
        {KEY_ACTIONS.map((action) => (
          <li key={action}>
            <Button
              className={`${buttons.choice} ${css.key}`}
              aria-pressed={asking === action}
              onClick={() => setAsking(asking === action ? null : action)}
              onKeyDown={(event) => take(event, action)}
              onBlur={() => setAsking(null)}
            >
              <span>{t(`settings.key.${action}`)}</span>
              <span dir="ltr" className={css.caps}>
                {asking === action
                  ? t('settings.keyPress')
                  : codesOf(keys, action).map((code) => <kbd key={code}>{labelOf(code)}</kbd>)}
              </span>
            </Button>
            {keys.changed[action] && (
              <Button onClick={() => back(action)}>
                <span className="sr-only">{t(`settings.key.${action}`)}: </span>
                {t('settings.back')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p role="status">
        {conflicts.map(({ code, actions }) => (
          <span key={code} className={css.warningLine}>
            {t('settings.keyConflict', {
              key: labelOf(code),
              actions: actions.map((one) => t(`settings.key.${one}`)).join(', '),
            })}
          </span>
        ))}
      </p>
    </div>
  );
}
