import { OctagonX } from 'lucide-react';
import type { FailedCommand } from '#contract/bridge.ts';
import { formatTime, inCapitals } from '../i18n/format.ts';
import { useScreen, useText, useTimeZone } from '../shared/screen.tsx';
import { wished } from '../shared/wished.ts';
import './conflict-card.css';

/**
 * Somebody worked on an order that was cancelled already (sync.md 3.5): across the whole screen, with an alarm of its own
 * (`sound-the-alarm.ts`), until a person says that it was read.
 */
export function ConflictCard({ item }: { item: FailedCommand }) {
  const { actions } = useScreen();
  const text = useText();
  const timeZone = useTimeZone();
  const { t, locale } = text;
  const { order } = item;
  const words = {
    number: item.orderNumber ?? t('failedCommand.unnumbered'),
    ended: formatTime(order?.statusSince ?? item.at, timeZone, locale),
    intent: inCapitals(wished(item.commandType, item.payload, text), text),
    marked: formatTime(item.issuedAt, timeZone, locale),
  };
  return (
    <section className="conflict" data-testid="conflict-card" data-order-id={item.orderId}>
      <OctagonX aria-hidden="true" />
      <p>
        <strong className="figures">
          {t(order?.status === 'rejected' ? 'conflict.title.rejected' : 'conflict.title.cancelled', words)}
        </strong>
        <span>
          {order?.reason && `${t('conflict.why', { reason: order.reason })} `}
          {t('conflict.do')}
        </span>
      </p>
      <button type="button" className="strip-button" onClick={() => actions.dismissFailedCommand(item.id)}>
        {t('failedCommand.dismiss')}
      </button>
    </section>
  );
}
