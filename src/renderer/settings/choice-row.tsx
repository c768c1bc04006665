import { useId } from 'react';
import controls from './controls.module.css';

export interface ChoiceRowProps<T extends string> {
  name: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
}

/** One of a few options, all visible. */
export function ChoiceRow<T extends string>({ name, value, options, onChoose }: ChoiceRowProps<T>) {
  const group = useId();
  return (
    <fieldset className={controls.setting}>
      <legend>{name}</legend>
      <div className={controls.segments}>
        {options.map((option) => (
          <label key={option.value} className={controls.segment}>
            <input
              type="radio"
              name={group}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
