import { ArrowRightLeft } from 'lucide-react';
import type { Item, Order } from '#contract/order.ts';
import type { Station } from '#contract/settings.ts';
import { stationOf } from '#contract/station-of.ts';
import type { Ticket } from '#contract/ticket.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { itemsIn } from '../stations/scope.ts';
import { useScope } from '../stations/scope-context.tsx';
import buttons from '../styles/buttons.module.css';
import { ItemNames } from './item-names.tsx';
import css from './order-sheet.module.css';

/** Items of an order that can go to another station. */
export interface Sendable {
  items: readonly Item[];
  /** Which station prepares an item now; null: none. */
  where(item: Item): Station | null;
  /** Where they can go: every station that prepares something. */
  stations: readonly Station[];
}

/**
 * What can be sent to another station: what is still to be made, of the items that this screen shows. Null: nothing, or the
 * stations are this screen's own, which no other screen knows.
 */
export function useSendable({ status, items, source }: Order): Sendable | null {
  const known = useView((view) => view.status?.stations);
  const scope = useScope();
  if (known?.from !== 'store' || (status !== 'pending' && status !== 'preparing')) return null;
  const stations = known.list.filter(({ expo }) => !expo);
  const find = stationOf(known.list);
  const left = itemsIn(scope, { items, source }).filter(({ done }) => !done);
  return stations.length > 1 && left.length > 0 ? { items: left, where: (item) => find(item, source), stations } : null;
}

/** Beside an item on the sheet: its station, and the first of two taps that send it to another one. */
export function SendItemButton({ order, item, onSend }: { order: Order; item: Item; onSend(items: Item[]): void }) {
  const { t } = useText();
  const sendable = useSendable(order);
  if (!sendable?.items.includes(item)) return null;
  const station = sendable.where(item)?.name;
  return (
    <Button icon={ArrowRightLeft} className={buttons.beside} mark="send-item" onClick={() => onSend([item])}>
      <bdi>{station ?? t('expo.other')}</bdi>
      <span className="sr-only">, {t('send.item', { name: item.name })}</span>
    </Button>
  );
}

interface FormProps {
  ticket: Ticket;
  items: readonly Item[];
  /** Called after the choice, to close the sheet. */
  onDone(): void;
}

/** The second tap: to which station. */
export function SendForm({ ticket, items, onDone }: FormProps) {
  const { actions } = useScreen();
  const { t } = useText();
  const sendable = useSendable(ticket.order);
  const now = new Set(items.map((item) => sendable?.where(item)?.id));
  const others = sendable?.stations.filter(({ id }) => now.size > 1 || !now.has(id)) ?? [];
  return (
    <>
      <ItemNames items={items} className={css.sheetLead} />
      <div className={css.sheetActions}>
        {others.map(({ id, name }) => (
          <Button
            key={id}
            icon={ArrowRightLeft}
            mark="send-to"
            data-station={id}
            onClick={() => {
              actions.sendTo(
                ticket,
                items.map((item) => ({ itemId: item.id, station: id })),
              );
              onDone();
            }}
          >
            <bdi>{name}</bdi>
          </Button>
        ))}
      </div>
      {!sendable && <p className={css.sheetLead}>{t('send.nothing')}</p>}
    </>
  );
}
