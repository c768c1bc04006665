import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import type { View } from '../view-store/view-store.ts';
import controls from './controls.module.css';
import { PinField } from './pin-field.tsx';

const pinOf = (view: View) => view.status?.pin;

/** Sets, changes and takes away the PIN, and locks again at once. Who has not given it sees only that there is one. */
export function PinRow() {
  const { actions } = useScreen();
  const { t } = useText();
  const state = useView(pinOf);
  const [said, setSaid] = useState<string | null>(null);
  const set = async (pin: string | null): Promise<void> => {
    const done = await actions.ask('setPin', { pin });
    if (done !== undefined) setSaid(t(pin === null ? 'settings.pinGone' : 'settings.pinSet'));
  };
  if (!state) return null;
  if (!state.unlocked) return <p className={controls.setting}>{t('settings.pinIsSet')}</p>;
  return (
    <div className={controls.setting}>
      <PinField
        label={t(state.set ? 'settings.pinNew' : 'settings.pin')}
        button={t(state.set ? 'settings.pinChange' : 'settings.pinTurnOn')}
        mark="set-pin"
        said={said}
        onPin={set}
      >
        {state.set && (
          <>
            <button type="button" className={buttons.choice} onClick={() => set(null)}>
              <LockOpen aria-hidden="true" />
              {t('settings.pinRemove')}
            </button>
            <button
              type="button"
              className={buttons.choice}
              data-testid="lock"
              onClick={() => actions.ask('lock', null)}
            >
              <Lock aria-hidden="true" />
              {t('settings.lock')}
            </button>
          </>
        )}
      </PinField>
    </div>
  );
}
