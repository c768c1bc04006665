import { useView } from '../shared/screen.tsx';
import css from './alarm.module.css';

/**
 * Flashes the edge of the screen while an order is unseen. Always in the page (contract, section 8). A banner shows how many
 * there are; a number at the edge would mix with the quantities on the tickets.
 */
export function AlarmEdge() {
  const ringing = useView((view) => view.status?.alarm.active === true);
  return <div className={css.alarm} data-testid="alarm" data-active={ringing} aria-hidden="true" />;
}
