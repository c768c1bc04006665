import type { PublicOrder } from '#contract/public-order.ts';
import { type CustomerText, sayFor } from './customer-text.ts';

/** The page's title, which a phone shows while the page is out of sight: `Ready to collect · Order 117`. */
export function orderTitle({ number, status, fulfilment }: PublicOrder, text: CustomerText): string {
  const order = text.t('order.title', { number });
  return `${status === 'ready' ? '✓ ' : ''}${sayFor(text, `now.${status}`, fulfilment)} · ${order}`;
}
