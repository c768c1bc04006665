import { Minus, Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../shared/button.tsx';
import { useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import controls from './controls.module.css';

export interface StepperProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  format: (value: number) => string;
  /** Resolves to false when the change was refused. */
  onChange: (value: number) => Promise<boolean>;
}

/** A number between two buttons that are large enough for gloves. Taps count one by one even if they outrun the answers. */
export function Stepper({ label, value, min, max, step, format, onChange }: StepperProps) {
  const { t } = useText();
  const wanted = useRef(value);
  useEffect(() => {
    wanted.current = value;
  }, [value]);

  async function by(change: number): Promise<void> {
    const next = Math.min(max, Math.max(min, Number((wanted.current + change).toFixed(2))));
    if (next === wanted.current) return;
    wanted.current = next;
    if (!(await onChange(next))) wanted.current = value;
  }

  return (
    <fieldset className={controls.setting}>
      <legend>{label}</legend>
      <div className={`${controls.settingRow} ${controls.stepper}`}>
        <Button
          icon={Minus}
          className={buttons.side}
          aria-label={`${label}: ${t('settings.smaller')}`}
          aria-disabled={value <= min}
          onClick={() => by(-step)}
        />
        <output className="figures">{format(value)}</output>
        <Button
          icon={Plus}
          className={buttons.side}
          aria-label={`${label}: ${t('settings.larger')}`}
          aria-disabled={value >= max}
          onClick={() => by(step)}
        />
      </div>
    </fieldset>
  );
}
