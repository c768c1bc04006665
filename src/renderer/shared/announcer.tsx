import { useEffect, useState } from 'react';
import { shownLink } from '../view-store/shown-link.ts';
import { useText, useView } from './screen.tsx';

/** Debounce: a burst of orders is one announcement, a brief loss of the link none. */
const SETTLE_MS = 1_500;

/** Announces new orders and changes of the link to screen readers. */
export function Announcer() {
  const { t } = useText();
  const count = useView((view) => view.status?.alarm.orderIds.length ?? 0);
  const state = useView((view) => shownLink(view).state);
  const [messages, setMessages] = useState({ orders: '', link: '' });
  useEffect(() => {
    const timer = setTimeout(() => {
      const orders = count > 0 ? t('unseen.label', { count }) : '';
      setMessages({ orders, link: t(`link.${state}`) });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [count, state, t]);
  return (
    <div className="sr-only">
      <p role="status">{messages.link}</p>
      <p role="alert">{messages.orders}</p>
    </div>
  );
}
