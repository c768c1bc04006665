import { BellRing } from 'lucide-react';
import { useArranged } from '../board/use-arranged.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { NOTHING_OPEN } from '../shared/ui-store.ts';
import { useHidden } from '../shared/use-hidden.ts';
import { MUTE_MINUTES, useSilenceReason } from '../sound/silence-reason.ts';
import { useScope } from '../stations/scope-context.tsx';
import css from './banner.module.css';
import { Banner } from './banner.tsx';

/**
 * Orders that nobody has acknowledged (A1), each with a button that brings it on the screen. One button acknowledges all of
 * them, which silences every screen of the store; another mutes this screen for a while, for example during a phone call.
 */
export function UnseenBanner() {
  const { actions, ui } = useScreen();
  const { t } = useText();
  const ringing = useView((view) => view.status?.alarm);
  const known = useView((view) => view.board.tickets);
  const { open, made } = useArranged();
  const onBoard = useScope().screen === 'pass' ? made : open;
  const silent = useSilenceReason() !== null;
  const ids = ringing?.orderIds ?? [];
  const orders = ids.map((id) => known.get(id)?.order).filter((order) => order !== undefined);
  const [list, hidden] = useHidden<HTMLSpanElement>(orders.map(({ number }) => number).join());
  if (ids.length === 0) return null;

  /** Scrolls to the ticket, or turns to its page. An order without work for this screen has only a sheet. */
  function show(id: string): void {
    const here = onBoard.some(({ order }) => order.id === id);
    ui.setState({ ...NOTHING_OPEN, ...(here ? { view: 'open', selected: id } : { sheet: id }) });
  }

  return (
    <Banner
      tone="new"
      mark="strip-unseen"
      icon={<BellRing />}
      title={<span className="figures">{t('unseen.title', { count: ids.length })}</span>}
      other={
        !silent && {
          label: t('sounds.mute', { minutes: MUTE_MINUTES }),
          run: () => actions.ask('mute', { minutes: MUTE_MINUTES }),
        }
      }
      action={{ label: t('unseen.done', { count: ids.length }), run: () => actions.ask('acknowledgeAll', null) }}
    >
      <span className={`${css.numbers} figures`} ref={list}>
        {orders.map(({ id, number }) => (
          <button
            key={id}
            type="button"
            data-testid="unseen-order"
            data-order-id={id}
            aria-label={t('ticket.number', { number })}
            onClick={() => show(id)}
          >
            <bdi>{number}</bdi>
          </button>
        ))}
      </span>
      {hidden > 0 && (
        <span className={css.more} data-all={hidden === orders.length}>
          {t('count.more', { count: hidden })}
        </span>
      )}
    </Banner>
  );
}
