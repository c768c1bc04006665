import { Lock, LockOpen } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import controls from './controls.module.css';
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

export interface PinFieldProps {
  label: string;
  button: string;
  mark: string;
  /** The outcome of the last attempt; null before the first. */
  reply: string | null;
  onPin: (pin: string) => Promise<void>;
  children?: ReactNode;
}

/** A masked field of four to eight digits, submitted by Enter or the button. */
export function PinField({ label, button, mark, reply, onPin, children }: PinFieldProps) {
  const { t } = useText();
  const [pin, setPin] = useState('');
  const hint = useId();
  async function give(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!/^\d{4,8}$/.test(pin)) return;
    setPin('');
    await onPin(pin);
  }
  return (
    <form className={css.pin} data-testid={mark} onSubmit={give}>
      <label className={controls.textField}>
        <span>{label}</span>
        <input
          type="password"
          inputMode="numeric"
          dir="ltr"
          autoComplete="off"
          maxLength={8}
          value={pin}
          aria-describedby={hint}
          onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))}
        />
      </label>
      <button type="submit" className={buttons.choice} aria-disabled={pin.length < 4}>
        {button}
      </button>
      {children}
      <p id={hint} role="status" className={css.pinReply}>
        {reply ?? t('settings.pinHint')}
      </p>
    </form>
  );
}
