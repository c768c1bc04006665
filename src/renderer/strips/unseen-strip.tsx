import { BellRing } from 'lucide-react';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Strip } from './strip.tsx';

const alarm = (view: View) => view.status?.alarm;
const tickets = (view: View) => view.board.tickets;
/** More numbers than this nobody reads. */
const NUMBERS = 6;

/** Orders that nobody has seen (A1), with the one button that silences every screen of the store. */
export function UnseenStrip() {
  const { actions } = useScreen();
  const { t, locale } = useText();
  const ringing = useView(alarm);
  const known = useView(tickets);
  const ids = ringing?.orderIds ?? [];
  if (ids.length === 0) return null;
  const numbers = ids.map((id) => known.get(id)?.order.number).filter((number) => number !== undefined);
  const named = numbers.slice(0, NUMBERS);
  if (numbers.length > NUMBERS) named.push(t('count.more', { count: numbers.length - NUMBERS }));
  return (
    <Strip
      tone="new"
      mark="strip-unseen"
      icon={<BellRing aria-hidden="true" />}
      title={<span className="figures">{t('unseen.title', { count: ids.length })}</span>}
      action={{ label: t('unseen.done', { count: ids.length }), run: () => actions.acknowledgeAll() }}
    >
      <span className="figures">{new Intl.ListFormat(locale, { type: 'conjunction' }).format(named)}</span>
    </Strip>
  );
}
