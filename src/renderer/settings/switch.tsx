import controls from './controls.module.css';

export interface SwitchProps {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** On or off, with the row as one large target; a tick backs up the colour. */
export function Switch({ label, on, onChange }: SwitchProps) {
  return (
    <label className={controls.switch}>
      <span>{label}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}
