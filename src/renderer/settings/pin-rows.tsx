import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import controls from './controls.module.css';
import { SecretField, type SecretFieldProps } from './secret-field.tsx';
import css from './settings.module.css';

/** Sets, changes and removes the PIN, and locks. While locked it only shows that there is a PIN. */
export function PinRow() {
  const { actions } = useScreen();
  const { t } = useText();
  const state = useView((view) => view.status?.pin);
  const [reply, setReply] = useState<string | null>(null);
  const set = async (pin: string | null): Promise<void> => {
    const done = await actions.ask('setPin', { pin });
    if (done !== undefined) setReply(t(pin === null ? 'settings.pinGone' : 'settings.pinSet'));
  };
  if (!state) return null;
  if (!state.unlocked) return <p className={controls.setting}>{t('settings.pinIsSet')}</p>;
  return (
    <div className={controls.setting}>
      <PinField
        label={t(state.set ? 'settings.pinNew' : 'settings.pin')}
        button={t(state.set ? 'settings.pinChange' : 'settings.pinTurnOn')}
        mark="set-pin"
        reply={reply}
        onPin={set}
      >
        {state.set && (
          <>
            <Button icon={LockOpen} onClick={() => set(null)}>
              {t('settings.pinRemove')}
            </Button>
            <Button icon={Lock} mark="lock" onClick={() => actions.ask('lock', null)}>
              {t('settings.lock')}
            </Button>
          </>
        )}
      </PinField>
    </div>
  );
}

/** Asks for the PIN that protects some settings. */
export function UnlockForm() {
  const { actions } = useScreen();
  const { t } = useText();
  const [reply, setReply] = useState<string | null>(null);
  async function unlock(pin: string): Promise<void> {
    const answer = await actions.ask('unlock', { pin });
    if (!answer || answer.unlocked) return;
    const seconds = Math.ceil(answer.waitMs / 1_000);
    setReply(t(seconds > 0 ? 'settings.pinWait' : 'settings.pinWrong', { seconds }));
  }
  return (
    <section className={css.unlock} aria-label={t('settings.locked')}>
      <p>{t('settings.locked')}</p>
      <PinField label={t('settings.pin')} button={t('settings.unlock')} mark="unlock" reply={reply} onPin={unlock} />
    </section>
  );
}

interface PinFieldProps extends Pick<SecretFieldProps, 'label' | 'button' | 'mark' | 'children'> {
  /** The outcome of the last attempt; null before the first. */
  reply: string | null;
  onPin: (pin: string) => Promise<void>;
}

/** Of four to eight digits. */
function PinField({ reply, onPin, ...field }: PinFieldProps) {
  const { t } = useText();
  return (
    <SecretField
      {...field}
      digits
      maxLength={8}
      isWhole={(pin) => /^\d{4,8}$/.test(pin)}
      reply={reply ?? t('settings.pinHint')}
      onGive={onPin}
    />
  );
}
