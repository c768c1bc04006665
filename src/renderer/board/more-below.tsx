import { ArrowDown } from 'lucide-react';
import { useStore } from 'zustand';
import { isRinging } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useText } from '../shared/screen.tsx';
import css from './columns.module.css';
import type { VisibleCounts } from './use-scroll-anchor.ts';

interface MoreBelowProps {
  stacks: readonly (readonly Ticket[])[];
  visibleCounts: VisibleCounts;
}

/** A line under a column: how many of its tickets are below the edge or, more prominently, how many new ones. */
export function MoreBelow({ stacks, visibleCounts }: MoreBelowProps) {
  const { t } = useText();
  const counts = useStore(visibleCounts);
  const below = stacks.flatMap((stack, i) => stack.slice(counts[i] ?? stack.length));
  if (below.length === 0) return null;
  const unseen = below.filter(({ order }) => isRinging(order)).length;
  return (
    <p className={css.below} data-testid="below" data-unseen={unseen > 0}>
      {unseen > 0 ? t('below.new', { count: unseen }) : t('below.more', { count: below.length })}
      <ArrowDown aria-hidden="true" />
    </p>
  );
}
