import { Check, X } from 'lucide-react';
import { isCalledOff } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { formatAge, formatUntil } from '../i18n/format.ts';
import { useText } from '../shared/screen.tsx';
import type { AgeBand } from './age-band.ts';
import css from './ticket-head.module.css';
import { useIsLater, useTickingText } from './use-age.ts';

/** How long the order has waited, as figures, colour and shape, so that nobody depends on one of them alone. */
export function Age({ ticket, band }: { ticket: Ticket; band: AgeBand }) {
  const { status } = ticket.order;
  if (isCalledOff(status)) return <X className={css.ended} />;
  if (status === 'completed') return <Check className={css.ended} />;
  return <OpenAge ticket={ticket} band={band} />;
}

function OpenAge({ ticket, band }: { ticket: Ticket; band: AgeBand }) {
  const text = useText();
  const later = useIsLater(ticket);
  const figures = useTickingText<HTMLSpanElement>((at) =>
    at < ticket.ageFrom ? formatUntil(ticket.ageFrom - at, text) : formatAge(at - ticket.ageFrom),
  );
  const shape = later && band === 'normal' ? 'later' : band;
  return (
    <span className={css.age} data-testid="ticket-age" data-later={later}>
      <svg className={css.shape} viewBox="0 0 16 16" role="img" aria-label={text.t(`age.${shape}`)}>
        <path d={SHAPES[shape]} />
      </svg>
      <span className="figures" ref={figures} />
    </span>
  );
}

/** A disc, a triangle, a stop sign; an open ring before the age starts to count. */
const SHAPES: Record<AgeBand | 'later', string> = {
  normal: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z',
  warning: 'M8 1l7.500 14H.5Z',
  late: 'M5 1h6l4 4v6l-4 4H5l-4-4V5Z',
  later: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 2.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9Z',
};
