import { OctagonX } from 'lucide-react';
import type { FailedCommand } from '#contract/failed-command.ts';
import { inCapitals } from '../i18n/format.ts';
import { Button } from '../shared/button.tsx';
import { intentLabel } from '../shared/intent-label.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import banner from './banner.module.css';
import css from './conflict-card.module.css';

/**
 * Somebody worked on an order that was already cancelled: across the whole screen and with its own alarm
 * (`start-alarm.ts`), until a person dismisses it.
 */
export function ConflictCard({ item }: { item: FailedCommand }) {
  const { actions } = useScreen();
  const text = useText();
  const { t, time } = text;
  const { order } = item;
  const words = {
    number: item.orderNumber ?? t('failedCommand.unnumbered'),
    ended: time(order?.statusSince ?? item.at),
    intent: inCapitals(intentLabel(item.commandType, item.payload, text), text),
    marked: time(item.issuedAt),
  };
  return (
    <section className={css.card} data-testid="conflict-card" data-order-id={item.orderId}>
      <OctagonX />
      <p>
        <strong className="figures">
          {t(order?.status === 'rejected' ? 'conflict.title.rejected' : 'conflict.title.cancelled', words)}
        </strong>
        <span>
          {order?.reason && `${t('conflict.why', { reason: order.reason })} `}
          {t('conflict.do')}
        </span>
      </p>
      <Button className={banner.button} onClick={() => actions.ask('dismissFailedCommand', { id: item.id })}>
        {t('failedCommand.dismiss')}
      </Button>
    </section>
  );
}
