import { Check, X } from 'lucide-react';
import type { Ticket } from '#contract/bridge.ts';
import { formatAge } from '../i18n/format.ts';
import { useText } from '../shared/screen.tsx';
import type { AgeBand } from './age-band.ts';
import { useTickingText } from './use-age.ts';

/** How long the order has waited: figures, a colour and a shape, so that no one of them is needed alone. */
export function Age({ ticket, band }: { ticket: Ticket; band: AgeBand }) {
  const { t } = useText();
  const text = useTickingText<HTMLSpanElement>((now) => formatAge(now - ticket.ageFrom));
  const { status } = ticket.order;
  if (status === 'cancelled' || status === 'rejected') return <X className="age-end" aria-hidden="true" />;
  if (status === 'completed') return <Check className="age-end" aria-hidden="true" />;
  return (
    <span className="age">
      <Shape band={band} label={t(`age.${band}`)} />
      <span className="figures" ref={text} />
    </span>
  );
}

const SHAPES: Record<AgeBand, string> = {
  normal: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z',
  warning: 'M8 1l7.500 14H.5Z',
  late: 'M5 1h6l4 4v6l-4 4H5l-4-4V5Z',
};

function Shape({ band, label }: { band: AgeBand; label: string }) {
  return (
    <svg className="age-shape" viewBox="0 0 16 16" fill="currentColor" role="img" aria-label={label}>
      <path d={SHAPES[band]} />
    </svg>
  );
}
