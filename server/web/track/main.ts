import '#renderer/styles/tokens.css';
import '../customer/customer.css';
import { h, hydrate, render } from 'preact';
import type { PublicOrder } from '#contract/public-order.ts';
import { moveOf } from '#contract/status.ts';
import { textOf } from '#renderer/i18n/text-of.ts';
import { createCancelling } from '../customer/create-cancelling.ts';
import { createReadyNotices } from '../customer/create-ready-notices.ts';
import { createCustomerApi } from '../customer/customer-api.ts';
import type { CustomerKey } from '../customer/customer-key.ts';
import { openCustomerSocket } from '../customer/customer-socket.ts';
import { orderTitle } from '../customer/order-title.ts';
import type { NoticeState, ShownLink, TrackState } from '../customer/page-state.ts';
import { readState } from '../customer/read-state.ts';
import { createServerClock } from '../customer/server-clock.ts';
import { startLink } from '../customer/start-link.ts';
import { withStep } from '../customer/step-times.ts';
import { TrackPage } from '../customer/track-page.ts';

/** The script of `/track/<token>`: goes on from what the server drew. */

/** What is late is drawn so without a message. ms */
const REDRAW_MS = 15_000;

const { language, words, now, store, order: first, times: firstTimes } = readState<TrackState>(document);
const text = textOf<CustomerKey>(language, words);
const root = new URL('../', location.href);
const token = decodeURIComponent(location.pathname.split('/').pop() ?? '');
const clock = createServerClock(now, () => performance.now());
const api = createCustomerApi(root, token, clock);
const page = document.getElementById('page') as HTMLElement;

let order: PublicOrder | null = first;
let times = firstTimes;
let link: ShownLink = { state: 'unknown', asOf: now };

const notices = createReadyNotices(text, draw);
const cancelling = createCancelling(api, setOrder, draw);
const pageOf = (at: number, notice: NoticeState) =>
  h(TrackPage, {
    ...{ store, order, times, link, text, now: at, notice },
    on: { ...cancelling, askToNotify: notices.ask },
    cancelling: cancelling.all()[first.id] ?? 'no',
  });
function draw(): void {
  render(pageOf(clock.now(), notices.state()), page);
}
function setOrder(next: PublicOrder | null): void {
  if (next) {
    notices.onOrder(order, next);
    times = withStep(times, next.status, next.statusSince);
    if (order && moveOf(order.status, next.status, next.fulfilment) === 'no') void readMissedTimes();
  }
  order = next;
  document.title = next ? orderTitle(next, text) : text.t('gone.title');
  draw();
}

/** After steps of which the page has not heard, as while the phone slept: the server draws their times. */
async function readMissedTimes(): Promise<void> {
  const html = await fetch(location.href).then(
    (answer) => (answer.ok ? answer.text() : null),
    () => null,
  );
  if (html === null || !order) return;
  const drawn = readState<TrackState>(new DOMParser().parseFromString(html, 'text/html'));
  if (drawn.order.version < order.version) return;
  times = drawn.times;
  draw();
}

// With the time at which the server drew it, so that both are the same.
hydrate(pageOf(now, 'none'), page);
setInterval(draw, REDRAW_MS);
startLink({
  read: () => api.orders(),
  openSocket: (on) => openCustomerSocket(root, token, on),
  now: clock.now,
  asOf: now,
  onLink(next) {
    link = next;
    draw();
  },
  onOrders: ({ orders }) => setOrder(orders.find(({ id }) => id === first.id) ?? null),
  onOrder: setOrder,
  onRemoved: () => setOrder(null),
});
