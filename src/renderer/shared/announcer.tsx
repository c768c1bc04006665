import { useEffect, useState } from 'react';
import type { LinkState } from '#contract/link.ts';
import { shownLink } from '../view-store/shown-link.ts';
import type { View } from '../view-store/view-store.ts';
import { useText, useView } from './screen.tsx';

/** What is said waits this long for more: a burst of orders is one sentence, a blink of the link is none. */
const SETTLE_MS = 1_500;
const unseen = (view: View) => view.status?.alarm.orderIds.length ?? 0;
const link = (view: View): LinkState => shownLink(view).state;

/** Says new orders and changes of the link to a screen reader, once things have settled. */
export function Announcer() {
  const { t } = useText();
  const count = useView(unseen);
  const state = useView(link);
  const [said, setSaid] = useState({ orders: '', link: '' });
  useEffect(() => {
    const timer = setTimeout(() => {
      const orders = count > 0 ? t('unseen.label', { count }) : '';
      setSaid({ orders, link: t(`link.${state}`) });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [count, state, t]);
  return (
    <div className="sr-only">
      <p role="status">{said.link}</p>
      <p role="alert">{said.orders}</p>
    </div>
  );
}
