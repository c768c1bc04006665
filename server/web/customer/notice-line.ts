import { h } from 'preact';
import type { CustomerText } from './customer-text.ts';
import type { NoticeState } from './page-state.ts';

/** Offers to tell when an order is ready; says whether that works. */
export function NoticeLine({ notice, onAsk, text }: NoticeLineProps) {
  if (notice === 'ask')
    return h(
      'button',
      { type: 'button', class: 'quiet notify', 'data-testid': 'notify', onClick: onAsk },
      text.t('notify.ask'),
    );
  if (notice === 'none') return null;
  return h('p', { class: notice === 'on' ? 'aside' : 'told', role: 'status' }, text.t(`notify.${notice}`));
}
export interface NoticeLineProps {
  notice: NoticeState;
  onAsk(): void;
  text: CustomerText;
}
