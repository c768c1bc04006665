import type { ReactNode } from 'react';

export interface StripProps {
  tone: 'new' | 'down' | 'warning';
  mark: string;
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: StripAction | undefined;
  /** What may be done instead. */
  other?: StripAction | false | undefined;
}
interface StripAction {
  label: string;
  run: () => void;
}

/** One thing that needs a person: what it is, what to do, one button. It takes room of its own and covers nothing. */
export function Strip({ tone, mark, icon, title, children, action, other }: StripProps) {
  return (
    <section className="strip" data-tone={tone} data-testid={mark}>
      {icon}
      <p className="strip-text">
        <strong>{title}</strong> <span>{children}</span>
      </p>
      {other && (
        <button type="button" className="strip-button quiet" onClick={other.run}>
          {other.label}
        </button>
      )}
      {action && (
        <button type="button" className="strip-button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </section>
  );
}
