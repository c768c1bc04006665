import { useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import './alarm.css';

const active = (view: View) => view.status?.alarm.active === true;
const count = (view: View) => view.status?.alarm.orderIds.length ?? 0;

/** The whole edge of the screen flashes while an order is unseen, with their number. Always in the page (contract, section 8). */
export function AlarmEdge() {
  const ringing = useView(active);
  const unseen = useView(count);
  return (
    <div className="alarm" data-testid="alarm" data-active={ringing} aria-hidden="true">
      {ringing && <span className="alarm-count figures">{unseen}</span>}
    </div>
  );
}
