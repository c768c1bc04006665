import { memo, useRef, useState } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { useText } from '../shared/screen.tsx';
import type { Arranged, OpenStatus } from './arrange.ts';
import { BelowMark } from './below-mark.tsx';
import { BEYOND_DIGITS } from './beyond-digits.ts';
import { createStacker } from './create-stacker.ts';
import { Stack } from './stack.tsx';
import { useHeldPlace } from './use-held-place.ts';
import { useStackCount } from './use-stack-count.ts';

/** One column per open status, each with its own scroll; the last one only in a store that delivers. */
export function Columns({ arranged }: { arranged: Arranged }) {
  const shown = arranged.statuses;
  let digit = 1;
  return (
    <div className="columns" data-columns={shown.length}>
      {shown.map((status) => {
        const first = digit;
        digit += arranged.columns[status].length;
        return (
          <Column
            key={status}
            status={status}
            tickets={arranged.columns[status]}
            count={arranged.counts[status]}
            firstDigit={Math.min(first, BEYOND_DIGITS)}
          />
        );
      })}
    </div>
  );
}

interface ColumnProps {
  status: OpenStatus;
  tickets: readonly Ticket[];
  /** Without those that ended and still hang here. */
  count: number;
  firstDigit: number;
}

/** Memoised: a push for another column does not touch it. */
const Column = memo(function Column({ status, tickets, count, firstDigit }: ColumnProps) {
  const { t } = useText();
  const [probe, stacks] = useStackCount();
  const [stacker] = useState(createStacker);
  const scroller = useRef<HTMLDivElement>(null);
  const sight = useHeldPlace(scroller, stacks);
  const shared = stacker(tickets, stacks);
  let digit = firstDigit;
  return (
    <section className="column" data-column={status} aria-labelledby={`column-${status}`}>
      <h2 className="column-name" id={`column-${status}`}>
        <span>{t(`view.${status}`)}</span>
        <span className="column-count figures">{count}</span>
      </h2>
      <div className="scroll" ref={scroller}>
        <div className="probe" ref={probe} aria-hidden="true" />
        {tickets.length === 0 && <p className="column-empty">{t('board.emptyView')}</p>}
        <div className="stacks">
          {shared.map((stack, i) => {
            const first = digit;
            digit += stack.length;
            // biome-ignore lint/suspicious/noArrayIndexKey: a stack is its place
            return <Stack key={i} tickets={stack} firstDigit={Math.min(first, BEYOND_DIGITS)} />;
          })}
        </div>
      </div>
      <BelowMark stacks={shared} sight={sight} />
    </section>
  );
});
