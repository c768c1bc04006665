import { useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import './alarm.css';

const unseen = (view: View) => view.status?.alarm.orderIds.length ?? 0;
const active = (view: View) => view.status?.alarm.active === true;

/**
 * The whole edge of the screen flashes while an order is unseen, with the number of them at both sides, to be read from
 * across the room. Always in the page (contract, section 8); the strip says the same to those who do not see it.
 */
export function AlarmEdge() {
  const ringing = useView(active);
  const count = useView(unseen);
  return (
    <div className="alarm figures" data-testid="alarm" data-active={ringing} aria-hidden="true">
      {ringing && (
        <>
          <span>{count}</span>
          <span>{count}</span>
        </>
      )}
    </div>
  );
}
