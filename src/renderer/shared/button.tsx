import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import buttons from '../styles/buttons.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  /** Its `data-testid`. */
  mark?: string;
  icon?: LucideIcon;
}

/** A button with an icon before its label. */
export function Button({ mark, icon: Icon, className = buttons.choice, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={className} data-testid={mark} {...rest}>
      {Icon && <Icon />}
      {children}
    </button>
  );
}
