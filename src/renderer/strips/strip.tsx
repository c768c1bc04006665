import type { ReactNode } from 'react';

export interface StripProps {
  tone: 'new' | 'down' | 'warning';
  mark: string;
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: { label: string; run: () => void } | undefined;
}

/** One thing that needs a person: what it is, what to do, one button. It takes room of its own and covers nothing. */
export function Strip({ tone, mark, icon, title, children, action }: StripProps) {
  return (
    <section className="strip" data-tone={tone} data-testid={mark}>
      {icon}
      <p className="strip-text">
        <strong>{title}</strong> <span>{children}</span>
      </p>
      {action && (
        <button type="button" className="strip-button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </section>
  );
}
