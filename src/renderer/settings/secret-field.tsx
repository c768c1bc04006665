import { type FormEvent, type ReactNode, useId, useState } from 'react';
import buttons from '../styles/buttons.module.css';
import controls from './controls.module.css';
import css from './settings.module.css';

export interface SecretFieldProps {
  label: string;
  button: string;
  mark: string;
  /** Below it: what to enter, or the outcome of the last attempt. */
  reply: string;
  maxLength: number;
  /** Of digits alone. */
  digits?: boolean;
  /** Whether it can be given. */
  isWhole: (secret: string) => boolean;
  onGive: (secret: string) => Promise<void>;
  children?: ReactNode;
}

/** A masked field, submitted by Enter or the button, and empty afterwards. */
export function SecretField({ label, button, mark, reply, digits = false, ...props }: SecretFieldProps) {
  const { maxLength, isWhole, onGive, children } = props;
  const [secret, setSecret] = useState('');
  const hint = useId();
  async function give(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isWhole(secret)) return;
    setSecret('');
    await onGive(secret);
  }
  return (
    <form className={css.secret} data-testid={mark} onSubmit={(event) => void give(event)}>
      <label className={controls.textField}>
        <span>{label}</span>
        <input
          type="password"
          inputMode={digits ? 'numeric' : undefined}
          dir="ltr"
          autoComplete="off"
          maxLength={maxLength}
          value={secret}
          aria-describedby={hint}
          onChange={({ target: { value } }) => setSecret(digits ? value.replace(/\D/g, '') : value)}
        />
      </label>
      <button type="submit" className={buttons.choice} aria-disabled={!isWhole(secret)}>
        {button}
      </button>
      {children}
      <p id={hint} role="status" className={css.secretReply}>
        {reply}
      </p>
    </form>
  );
}
