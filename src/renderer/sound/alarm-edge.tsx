import { useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import css from './alarm.module.css';

const active = (view: View) => view.status?.alarm.active === true;

/**
 * The edge of the screen flashes while an order is unseen. Always in the page (contract, section 8). A banner shows how many:
 * a number at the edge would stand among the quantities of the tickets.
 */
export function AlarmEdge() {
  const ringing = useView(active);
  return <div className={css.alarm} data-testid="alarm" data-active={ringing} aria-hidden="true" />;
}
