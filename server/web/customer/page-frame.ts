import { type ComponentChildren, h } from 'preact';
import type { CustomerText } from './customer-text.ts';
import { LinkLine } from './link-line.ts';
import type { ShownLink } from './page-state.ts';

/** The shop's name, the state of the link, and the page. */
export function PageFrame({ shop, link, now, timeZone, text, status, children }: PageFrameProps) {
  return h(
    'div',
    { class: 'page', 'data-status': status },
    h(
      'header',
      { class: 'bar' },
      h('p', { class: 'shop' }, h('bdi', null, shop)),
      h(LinkLine, { link, now, timeZone, text }),
    ),
    h('main', { class: 'main' }, children),
  );
}
export interface PageFrameProps {
  shop: string;
  link: ShownLink;
  now: number;
  timeZone: string;
  text: CustomerText;
  /** The status of the one order; colours the page. */
  status?: string | undefined;
  children?: ComponentChildren;
}
