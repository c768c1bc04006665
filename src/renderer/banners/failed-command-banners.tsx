import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FailedCommand } from '#contract/failed-command.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import { isOpen } from '#contract/status.ts';
import { intentLabel } from '../shared/intent-label.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { Banner } from './banner.tsx';
import { ConflictCard } from './conflict-card.tsx';

const none: FailedCommand[] = [];
/** More would take too much of the board; dismissing one shows the next. */
const AT_ONCE = 2;

/**
 * Taps that the server refused (C4), the most serious first: the intent, what happened, the order's status now, and what to
 * do. Each stays until a person dismisses it.
 */
export function FailedCommandBanners() {
  const { t } = useText();
  const items = useView((view) => view.status?.failedCommands ?? none);
  const first = items.slice(0, AT_ONCE);
  const more = useView((view) => view.status?.failedCommandCount ?? 0) - first.length;
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

/** Which refusals can be retried, and how; the others are for information only. */
const AGAIN: Partial<Record<FailedCommand['code'], 'same' | 'cancel'>> = { stale: 'same', quarantined: 'same' };

function Refused({ item, children }: { item: FailedCommand; children: ReactNode }) {
  const { actions } = useScreen();
  const text = useText();
  const { t } = text;
  const current = useView((view) => view.board.tickets.get(item.orderId)?.order);
  const order = current ?? item.order;
  const intent = intentLabel(item.commandType, item.payload, text);
  const tooLate = item.code === 'too_late' && item.payload.to === 'rejected' && order !== null && isOpen(order.status);
  const as = tooLate ? 'cancel' : AGAIN[item.code];
  const number = item.orderNumber ?? t('failedCommand.unnumbered');
  return (
    <Banner
      tone="warning"
      mark="strip-attention"
      icon={<CircleAlert />}
      title={
        item.code === 'damaged' ? t('failedCommand.damaged', { number }) : t('failedCommand.title', { number, intent })
      }
      other={
        as &&
        order !== null && {
          label: t(as === 'cancel' ? 'failedCommand.cancelOrder' : 'failedCommand.again'),
          run: () => actions.ask('retryCommand', { id: item.id, as }),
        }
      }
      action={{
        label: t(tooLate ? 'failedCommand.keep' : 'failedCommand.dismiss'),
        run: () => actions.ask('dismissFailedCommand', { id: item.id }),
      }}
    >
      {t(`rejection.${item.code}`)}{' '}
      {order ? t('failedCommand.now', { status: t(`status.${order.status}`) }) : t('failedCommand.gone')}
      {children}
    </Banner>
  );
}
