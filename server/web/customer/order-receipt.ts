import { h } from 'preact';
import type { PublicOrder } from '#contract/public-order.ts';
import { isCalledOff } from '#contract/status.ts';
import { formatMoney } from '#renderer/i18n/format.ts';
import type { CustomerText } from './customer-text.ts';

type PublicItem = PublicOrder['items'][number];

/** What was ordered, what it costs, and whether it is paid. */
export function OrderReceipt({ order, text }: { order: PublicOrder; text: CustomerText }) {
  const { items, note, totalMinor, currency, payment } = order;
  const payable = isNothingToPay(order) ? 'none' : payment.status;
  return h(
    'div',
    { class: 'receipt' },
    h('ul', { class: 'items', 'aria-label': text.t('items.label') }, items.map(Item)),
    note
      ? h('p', { class: 'note' }, h('span', { class: 'note-label' }, text.t('items.note'), ' '), h('bdi', null, note))
      : null,
    h(
      'dl',
      { class: 'total' },
      h('dt', null, text.t('total.label')),
      h('dd', null, moneyOf(totalMinor, currency, text)),
      h('dd', { class: 'paid', 'data-payment': payable }, text.t(`payment.${payable}`)),
    ),
  );
}

/** An order that was called off before it was paid. */
const isNothingToPay = ({ status, payment }: PublicOrder): boolean =>
  isCalledOff(status) && (payment.status === 'unpaid' || payment.status === 'failed');

/** A currency's sign newer than the euro's is missing on some phones: then its code, `GEL 29`. */
function moneyOf(minor: number, currency: string, { locale }: CustomerText): string {
  const money = formatMoney(minor, currency, locale);
  return /[\u20ad-\u20cf]/.test(money) ? formatMoney(minor, currency, locale, 'code') : money;
}

function Item({ name, quantity, modifiers, note }: PublicItem) {
  return h(
    'li',
    { class: 'item' },
    h('span', { class: 'quantity' }, `${quantity}×`),
    h(
      'div',
      { class: 'what' },
      h('bdi', { class: 'name' }, name),
      modifiers.length > 0 ? h('ul', { class: 'modifiers' }, modifiers.map(Modifier)) : null,
      note ? h('p', { class: 'item-note' }, h('bdi', null, note)) : null,
    ),
  );
}

function Modifier({ name, quantity }: PublicItem['modifiers'][number]) {
  return h('li', null, quantity > 1 ? `${quantity}× ` : '', h('bdi', null, name));
}
