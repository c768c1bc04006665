import type { ReactNode } from 'react';
import { Button } from '../shared/button.tsx';
import css from './banner.module.css';

export interface BannerProps {
  tone: 'new' | 'down' | 'warning';
  mark: string;
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: BannerAction | undefined;
  /** The alternative to the action. */
  other?: BannerAction | false | undefined;
  /** Gives way to other banners where room is short. */
  minor?: boolean;
}
export interface BannerAction {
  label: string;
  run: () => void;
}

/** Something that needs a person: what it is, what to do, and a button. It never covers a ticket. */
export function Banner({ tone, mark, icon, title, children, action, other, minor = false }: BannerProps) {
  return (
    <section
      className={css.banner}
      data-tone={tone}
      data-minor={minor}
      data-two-buttons={Boolean(other)}
      data-testid={mark}
    >
      {icon}
      <p className={css.text}>
        <strong>{title}</strong> <span>{children}</span>
      </p>
      {other && (
        <Button className={`${css.button} ${css.other}`} onClick={other.run}>
          {other.label}
        </Button>
      )}
      {action && (
        <Button className={css.button} onClick={action.run}>
          {action.label}
        </Button>
      )}
    </section>
  );
}
