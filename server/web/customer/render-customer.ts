import { type ComponentChildren, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Language } from '#contract/setting-names.ts';
import type { Status } from '#contract/status.ts';
import { textOf } from '#renderer/i18n/text-of.ts';
import type { CustomerKey, CustomerWords } from './customer-key.ts';
import { CUSTOMER_WORDS } from './customer-words.ts';
import { Message } from './message.ts';
import { MyPage, type MyPageProps } from './my-page.ts';
import { orderTitle } from './order-title.ts';
import type { CommonState, TrackState } from './page-state.ts';
import { type StepTimes, withStep } from './step-times.ts';
import { TrackPage } from './track-page.ts';

/** What the server sends of a customer's page: its title, its HTML, and the state from which its script goes on. */
export interface RenderedPage<State extends CommonState> {
  title: string;
  body: string;
  state: State;
}

interface Step {
  status: Status;
  at: string;
}

/** Nothing can be tapped before the script runs. */
const NO_ACTIONS: MyPageProps['on'] = { setCancelling() {}, cancel() {}, more() {}, askToNotify() {} };

/** @param shown `steps`: the statuses that the order came to, oldest first, with the times */
export function renderTrack(
  language: Language,
  { store, order, steps, now }: Pick<TrackState, 'store' | 'order' | 'now'> & { steps: readonly Step[] },
): RenderedPage<TrackState> {
  const words = CUSTOMER_WORDS[language];
  const text = textOf<CustomerKey>(language, words);
  const newest = { status: order.status, at: order.statusSince };
  const times = [...steps, newest].reduce<StepTimes>((all, { status, at }) => withStep(all, status, at), {});
  const page = {
    store,
    order,
    times,
    cancelling: 'no',
    notice: 'none',
    link: { state: 'unknown', asOf: now },
    now,
    on: NO_ACTIONS,
    text,
  } as const;
  return {
    title: orderTitle(order, text),
    body: bodyOf(renderToString(h(TrackPage, page)), [
      text.t('noscript.hint'),
      ' ',
      h('a', { href: '' }, text.t('noscript.again')),
    ]),
    state: { language, words: wordsFor(words, 'my'), now, store, order, times },
  };
}

/** The same for everybody: who looks is known to the page only. */
export function renderMy(language: Language, now: number): RenderedPage<CommonState> {
  const words = CUSTOMER_WORDS[language];
  const text = textOf<CustomerKey>(language, words);
  const page = {
    shown: null,
    hasToken: true,
    notice: 'none',
    link: { state: 'connecting', asOf: null },
    now,
    on: NO_ACTIONS,
    text,
  } as const;
  return {
    title: text.t('my.title'),
    body: bodyOf(renderToString(h(MyPage, page)), [text.t('noscript.my')]),
    state: { language, words, now },
  };
}

/** In place of a page that cannot be shown: why, and what to do. */
export function renderProblem(language: Language, problem: 'not_found' | 'rate_limited' | 'unavailable' | 'other') {
  const words = CUSTOMER_WORDS[language];
  const title = words[`problem.${problem}`];
  return { title, body: renderToString(h(Message, { title, hint: words[`problem.${problem}.hint`], level: 'h1' })) };
}

/** The script draws into `#page`; above it stands what a browser without script shows. */
const bodyOf = (page: string, withoutScript: ComponentChildren[]): string =>
  `${renderToString(h('noscript', null, h('p', { class: 'noscript' }, ...withoutScript)))}<div id="page">${page}</div>`;

/** Without the words that only the server needs, and without those of these parts. */
const wordsFor = (words: CustomerWords, ...without: string[]): CustomerWords =>
  Object.fromEntries(
    Object.entries(words).filter(([key]) => !['problem', 'noscript', ...without].includes(key.split('.')[0] ?? '')),
  ) as CustomerWords;
