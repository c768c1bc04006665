import '#renderer/styles/tokens.css';
import '../customer/customer.css';
import { h, hydrate, render } from 'preact';
import { textOf } from '#renderer/i18n/text-of.ts';
import { createCancelling } from '../customer/create-cancelling.ts';
import { createReadyNotices } from '../customer/create-ready-notices.ts';
import { createCustomerApi } from '../customer/customer-api.ts';
import type { CustomerKey } from '../customer/customer-key.ts';
import { openCustomerSocket } from '../customer/customer-socket.ts';
import { MyPage } from '../customer/my-page.ts';
import type { CommonState, ShownLink } from '../customer/page-state.ts';
import { readState } from '../customer/read-state.ts';
import { createServerClock } from '../customer/server-clock.ts';
import { startLink } from '../customer/start-link.ts';
import { createMyOrders } from './create-my-orders.ts';

/** The script of `/my#<token>`: the token stays in the fragment, which no browser sends to a server. */

/** What is late is drawn so without a message. ms */
const REDRAW_MS = 15_000;

const { language, words, now } = readState<CommonState>(document);
const text = textOf<CustomerKey>(language, words);
const root = new URL('./', location.href);
const token = decodeFragment(location.hash);
const clock = createServerClock(now, () => performance.now());
const api = createCustomerApi(root, token, clock);
const page = document.getElementById('page') as HTMLElement;

let link: ShownLink = { state: 'connecting', asOf: null };
const notices = createReadyNotices(text, draw);
const orders = createMyOrders(api, notices.onOrder, draw);
const cancelling = createCancelling(api, orders.put, draw);
const on = { ...cancelling, more: orders.more, askToNotify: notices.ask };
const pageOf = (at: number) => {
  const known = orders.known();
  const shown = known && { ...known, cancelling: cancelling.all() };
  return h(MyPage, { shown, link, now: at, text, on, notice: notices.state(), hasToken: token !== '' });
};
function draw(): void {
  render(pageOf(clock.now()), page);
}

// Another link of the shop, opened in the same tab.
addEventListener('hashchange', () => location.reload());
hydrate(h(MyPage, { shown: null, link, now, text, on, notice: 'none', hasToken: true }), page);
if (token === '') draw();
else {
  setInterval(draw, REDRAW_MS);
  startLink({
    read: orders.read,
    openSocket: (on) => openCustomerSocket(root, token, on),
    now: clock.now,
    asOf: null,
    onLink(next) {
      link = next;
      draw();
    },
    onOrders: orders.set,
    onOrder: orders.put,
    onRemoved: orders.remove,
  });
}

function decodeFragment(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return '';
  }
}
