import { ArrowDown } from 'lucide-react';
import type { RefObject } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { useText } from '../shared/screen.tsx';
import { useBelow } from './use-below.ts';

/** At the foot of a column: how many tickets hang below its edge, and, louder, how many new ones. A tap goes there. */
export function BelowMark({ list, tickets }: { list: RefObject<HTMLElement | null>; tickets: readonly Ticket[] }) {
  const { t } = useText();
  const { more, unseen } = useBelow(list, tickets);
  if (more === 0) return null;
  return (
    <button
      type="button"
      className="below"
      data-testid="below"
      data-unseen={unseen > 0}
      onClick={() => list.current?.scrollBy({ top: list.current.clientHeight * 0.8, behavior: 'smooth' })}
    >
      {unseen > 0 ? t('below.new', { count: unseen }) : t('below.more', { count: more })}
      <ArrowDown aria-hidden="true" />
    </button>
  );
}
