import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FailedCommand } from '#contract/bridge.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import { isOpen } from '#contract/status.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { wished } from '../shared/wished.ts';
import type { View } from '../view-store/view-store.ts';
import { ConflictCard } from './conflict-card.tsx';
import { Strip } from './strip.tsx';

const none: FailedCommand[] = [];
const failedCommands = (view: View) => view.status?.failedCommands ?? none;
const count = (view: View) => view.status?.failedCommandCount ?? 0;
/** More at once would push the board away; the next one comes when one is dismissed. */
const AT_ONCE = 2;

/**
 * Taps that the server refused (C4): what was wished, what happened, what the order is now, and what can be done about
 * it; until a person dismisses it. The worst first.
 */
export function FailedCommandStrips() {
  const { t } = useText();
  const items = useView(failedCommands);
  const first = items.slice(0, AT_ONCE);
  const more = useView(count) - first.length;
  return (
    <>
      {first.map((item, i) =>
        preparedAfterCancel(item) ? (
          <ConflictCard key={item.id} item={item} />
        ) : (
          <Refused key={item.id} item={item}>
            {i === AT_ONCE - 1 && more > 0 && ` (${t('count.more', { count: more })})`}
          </Refused>
        ),
      )}
    </>
  );
}

/** What can be wished again, and how; the others are only told. */
const AGAIN: Partial<Record<FailedCommand['code'], 'same' | 'cancel'>> = { stale: 'same', quarantined: 'same' };

function Refused({ item, children }: { item: FailedCommand; children: ReactNode }) {
  const { actions } = useScreen();
  const text = useText();
  const { t } = text;
  /** As it is by now, where the board has it. */
  const shown = useView((view) => view.board.tickets.get(item.orderId)?.order);
  const order = shown ?? item.order;
  const intent = wished(item.commandType, item.payload, text);
  const tooLate = item.code === 'too_late' && item.payload.to === 'rejected' && order !== null && isOpen(order.status);
  const as = tooLate ? 'cancel' : AGAIN[item.code];
  return (
    <Strip
      tone="warning"
      mark="strip-attention"
      icon={<CircleAlert aria-hidden="true" />}
      title={t('failedCommand.title', { number: item.orderNumber ?? t('failedCommand.unnumbered'), intent })}
      other={
        as &&
        order !== null && {
          label: t(as === 'cancel' ? 'failedCommand.cancelOrder' : 'failedCommand.again'),
          run: () => actions.retryCommand(item.id, as),
        }
      }
      action={{
        label: t(tooLate ? 'failedCommand.keep' : 'failedCommand.dismiss'),
        run: () => actions.dismissFailedCommand(item.id),
      }}
    >
      {t(`rejection.${item.code}`)}{' '}
      {order ? t('failedCommand.now', { status: t(`status.${order.status}`) }) : t('failedCommand.gone')}
      {children}
    </Strip>
  );
}
