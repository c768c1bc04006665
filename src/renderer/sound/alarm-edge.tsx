import { useView } from '../shared/screen.tsx';
import { useScope } from '../stations/scope-context.tsx';
import css from './alarm.module.css';

/**
 * Flashes the edge of the screen while an order is unseen. Always in the page (contract, section 8). A banner shows how many
 * there are; a number at the edge would mix with the quantities on the tickets. The pick-up board,
 * which customers see, has no alarm.
 */
export function AlarmEdge() {
  const forStaff = useScope().screen !== 'pickup';
  const ringing = useView((view) => view.status?.alarm.active === true) && forStaff;
  return <div className={css.alarm} data-testid="alarm" data-active={ringing} aria-hidden="true" />;
}
