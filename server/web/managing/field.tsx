import type { ComponentProps } from 'react';

/** An input with its name. */
export function Field({
  label,
  hint,
  value,
  onChange,
  ...rest
}: Omit<ComponentProps<'input'>, 'onChange' | 'value'> & {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="text"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
        {...rest}
      />
      {hint && <small>{hint}</small>}
    </label>
  );
}
