import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import controls from './controls.module.css';
import css from './settings.module.css';

export interface PinFieldProps {
  label: string;
  button: string;
  mark: string;
  /** What became of the last one; null: nothing yet. */
  said: string | null;
  onPin: (pin: string) => Promise<void>;
  children?: ReactNode;
}

/** Four to eight digits, which nobody sees. Given by Enter or by the button. */
export function PinField({ label, button, mark, said, onPin, children }: PinFieldProps) {
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
      <p id={hint} role="status" className={css.pinSaid}>
        {said ?? t('settings.pinHint')}
      </p>
    </form>
  );
}
