import { ArrowDown } from 'lucide-react';
import { useStore } from 'zustand';
import type { Ticket } from '#contract/bridge.ts';
import { useText } from '../shared/screen.tsx';
import type { Sight } from './use-held-place.ts';

interface BelowMarkProps {
  stacks: readonly (readonly Ticket[])[];
  sight: Sight;
}

/** A line under a column: how many tickets hang below its edge, and, louder, how many new ones. It covers none. */
export function BelowMark({ stacks, sight }: BelowMarkProps) {
  const { t } = useText();
  const reaches = useStore(sight);
  const below = stacks.flatMap((stack, i) => stack.slice(reaches[i] ?? stack.length));
  if (below.length === 0) return null;
  const unseen = below.filter(({ order }) => order.status === 'pending' && order.acknowledgedAt === null).length;
  return (
    <p className="below" data-testid="below" data-unseen={unseen > 0}>
      {unseen > 0 ? t('below.new', { count: unseen }) : t('below.more', { count: below.length })}
      <ArrowDown aria-hidden="true" />
    </p>
  );
}
