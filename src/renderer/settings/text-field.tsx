import { useEffect, useState } from 'react';
import './controls.css';

export interface TextFieldProps {
  label: string;
  value: string;
  /** What is typed, put right; null: it cannot be taken, and stays as it was typed. */
  read?: (typed: string) => string | null;
  dir?: 'auto' | 'ltr';
  maxLength?: number;
  placeholder?: string | undefined;
  className?: string;
  onChange: (value: string) => void;
}

/** A word that is taken when the field is left or Enter is pressed, not letter by letter. */
export function TextField({ label, value, read, onChange, className, dir = 'auto', ...rest }: TextFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const readable = read ? read(typed) : typed.trim();
  return (
    <label className={className ?? 'text-field'}>
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
