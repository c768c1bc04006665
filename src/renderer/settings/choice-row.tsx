import { useId } from 'react';
import controls from './controls.module.css';

export interface ChoiceRowProps<T extends string> {
  name: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
}

/** More than these are shown in rows of three, so that none is left alone in the last one. */
const IN_ONE_ROW = 4;

/** One of a few options, all visible. */
export function ChoiceRow<T extends string>({ name, value, options, onChoose }: ChoiceRowProps<T>) {
  const group = useId();
  return (
    <fieldset className={controls.setting}>
      <legend>{name}</legend>
      <div className={controls.segments} data-rows={options.length > IN_ONE_ROW || undefined}>
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
