import { ArrowDown } from 'lucide-react';
import type { RefObject } from 'react';
import { useText } from '../shared/screen.tsx';
import { useBelow } from './use-below.ts';

/** A line under a column: how many tickets hang below its edge, and, louder, how many new ones. It covers none. */
export function BelowMark({ list }: { list: RefObject<HTMLElement | null> }) {
  const { t } = useText();
  const { more, unseen } = useBelow(list);
  if (more === 0) return null;
  return (
    <p className="below" data-testid="below" data-unseen={unseen > 0}>
      {unseen > 0 ? t('below.new', { count: unseen }) : t('below.more', { count: more })}
      <ArrowDown aria-hidden="true" />
    </p>
  );
}
