import { useEffect, useState } from 'react';
import controls from './controls.module.css';

export interface TextFieldProps {
  label: string;
  value: string;
  /** Normalises the input; null rejects it and leaves it as typed. */
  read?: (typed: string) => string | null;
  dir?: 'auto' | 'ltr';
  maxLength?: number;
  placeholder?: string | undefined;
  /** As narrow as a time of day. */
  time?: boolean;
  onChange: (value: string) => void;
}

/** A text that is saved on blur or Enter, not letter by letter. */
export function TextField({ label, value, read, onChange, time = false, dir = 'auto', ...rest }: TextFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const readable = read ? read(typed) : typed.trim();
  return (
    <label className={time ? `${controls.textField} ${controls.time}` : controls.textField}>
      <span>{label}</span>
      <input
        type="text"
        dir={dir}
        autoComplete="off"
        value={typed}
        aria-invalid={readable === null}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => readable !== null && readable !== value && onChange(readable)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        {...rest}
      />
    </label>
  );
}
