import { h } from 'preact';
import { type CustomerText, timeAsOf } from './customer-text.ts';
import type { ShownLink } from './page-state.ts';

/** Whether the page is up to date: a colour, a shape and words, with the time of what is shown unless that is now. */
export function LinkLine({ link: { state, asOf }, now, timeZone, text }: LinkLineProps) {
  const words = [
    ...(state === 'unknown' ? [] : [text.t(`link.${state}`)]),
    ...(state === 'live' || asOf === null ? [] : [text.t('link.asOf', { time: timeAsOf(asOf, now, timeZone, text) })]),
  ];
  return h(
    'p',
    { class: 'link', 'data-testid': 'link', 'data-state': state },
    h('span', { class: 'dot', 'aria-hidden': 'true' }),
    words.join(' · '),
  );
}
export interface LinkLineProps {
  link: ShownLink;
  now: number;
  timeZone: string;
  text: CustomerText;
}
