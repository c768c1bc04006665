import { useView } from '../shared/screen.tsx';
import css from './alarm.module.css';

/**
 * The edge of the screen flashes while an order is unseen. Always in the page (contract, section 8). A banner shows how many:
 * a number at the edge would stand among the quantities of the tickets.
 */
export function AlarmEdge() {
  const ringing = useView((view) => view.status?.alarm.active === true);
  return <div className={css.alarm} data-testid="alarm" data-active={ringing} aria-hidden="true" />;
}
