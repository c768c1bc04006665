import type { OrderEscalationKind } from '#contract/admin.ts';
import type { Item, Order } from '#contract/order.ts';
import type { Language } from '#contract/setting-names.ts';
import { REASONS, TELEGRAM_WORDS, type TelegramWords } from './telegram-words.ts';

/** What a message shows: HTML of Telegram, and rows of buttons. */
export interface Content {
  text: string;
  buttons: { text: string; callback_data: string }[][];
}

export interface OrderFacts {
  order: Order;
  timeZone: string;
  language: Language;
  alert: OrderEscalationKind | null;
  asking: boolean;
}

/** Telegram allows 4,096 characters, entities parsed; the rest is for the lines around the items. */
const MOST_OF_ITEMS = 2_600;
const LONGEST = 200;
/** Cut to a length, with what HTML reads as markup escaped. */
export function escaped(text: string, longest = LONGEST): string {
  const short = text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return short.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function orderContent({ order, timeZone, language, alert, asking }: OrderFacts): Content {
  const { number, status, source, fulfilment, table, note, dueAt, reason } = order;
  const words = TELEGRAM_WORDS[language];
  const head = [
    `<b>#${escaped(number)}</b>`,
    source && escaped(source),
    words.fulfilment[fulfilment],
    table && words.table(escaped(table)),
  ];
  const lines = [
    head.filter(Boolean).join(' · '),
    `<b>${words.status[status]}</b>${reason ? `: ${escaped(reason)}` : ''}`,
    alert && status === 'pending' && `⚠️ <b>${words.alert[alert]}</b>`,
    order.acknowledgedBy && status === 'pending' && words.seenBy(escaped(order.acknowledgedBy)),
    '',
    ...itemLines(order.items, words),
    note && `📝 ${escaped(note, 500)}`,
    '',
    [dueAt && words.due(timeIn(language, timeZone, dueAt)), money(order, language)].filter(Boolean).join(' · '),
  ];
  return {
    text: lines.filter((line) => line !== null && line !== false).join('\n'),
    buttons: status === 'pending' ? buttonsOf(order, asking, words) : [],
  };
}

function buttonsOf({ id, acknowledgedAt }: Order, asking: boolean, words: TelegramWords): Content['buttons'] {
  const button = (text: string, action: string) => ({ text, callback_data: `${action}:${id}` });
  if (!asking) {
    const first = [button(words.button.accept, 'accept'), button(words.button.reject, 'reject')];
    return acknowledgedAt === null ? [first, [button(words.button.seen, 'seen')]] : [first];
  }
  const reasons = REASONS.map((name) => [button(words.reason[name], `reject-${name}`)]);
  return [...reasons, [button(words.button.back, 'back')]];
}

function itemLines(items: readonly Item[], words: TelegramWords): string[] {
  const lines: string[] = [];
  let length = 0;
  for (const [i, item] of items.entries()) {
    const line = itemLine(item, words);
    length += line.length;
    if (length > MOST_OF_ITEMS) return [...lines, words.more(items.length - i)];
    lines.push(line);
  }
  return lines;
}

function itemLine({ name, quantity, modifiers, note }: Item, words: TelegramWords): string {
  const more = modifiers
    .slice(0, 10)
    .map((one) => `\n   + ${one.quantity > 1 ? `${one.quantity} × ` : ''}${escaped(one.name, 80)}`);
  if (modifiers.length > 10) more.push(`\n   ${words.more(modifiers.length - 10)}`);
  return `<b>${quantity} ×</b> ${escaped(name)}${more.join('')}${note ? `\n   📝 ${escaped(note)}` : ''}`;
}

// Digits as on the screen in every language.
const timeIn = (language: Language, timeZone: string, at: string): string =>
  new Intl.DateTimeFormat(`${language === 'en' ? 'en-GB' : language}-u-nu-latn-ca-gregory`, {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));

const money = ({ currency, totalMinor }: Order, language: Language): string => {
  const style = { style: 'currency', currency, currencyDisplay: 'code' } as const;
  const format = new Intl.NumberFormat(`${language}-u-nu-latn`, style);
  return format.format(totalMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};
