import { ArrowDown } from 'lucide-react';
import type { RefObject } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { useText } from '../shared/screen.tsx';
import { useBelow } from './use-below.ts';

interface BelowMarkProps {
  list: RefObject<HTMLElement | null>;
  tickets: readonly Ticket[];
}

/** A line under a column: how many tickets hang below its edge, and, louder, how many new ones. It covers none. */
export function BelowMark({ list, tickets }: BelowMarkProps) {
  const { t } = useText();
  const { more, unseen } = useBelow(list, tickets);
  if (more === 0) return null;
  return (
    <p className="below" data-testid="below" data-unseen={unseen > 0}>
      {unseen > 0 ? t('below.new', { count: unseen }) : t('below.more', { count: more })}
      <ArrowDown aria-hidden="true" />
    </p>
  );
}
