import type { LinkState } from '#contract/link.ts';
import type { Settings } from '#contract/settings.ts';

/**
 * The few words outside the page: tray and notifications. Counts stand behind a colon, so that no language needs its
 * plurals here. The link's words are those of the page.
 */
export interface Words {
  open: string;
  seenAll: string;
  refresh: string;
  quit: string;
  newOrders(count: number): string;
  waiting(count: number): string;
  lastUpdate(time: string): string;
  link: Record<LinkState, string>;
  setUp: string;
  newOrder(number: string): string;
  linkLost: string;
  linkLostDo: string;
}

export const WORDS: Record<Settings['language'], Words> = {
  en: {
    open: 'Open Ticketrail',
    seenAll: 'I have seen all orders',
    refresh: 'Refresh now',
    quit: 'Quit',
    newOrders: (count) => `New orders: ${count}`,
    waiting: (count) => `Taps waiting to be sent: ${count}`,
    lastUpdate: (time) => `last update ${time}`,
    link: {
      live: 'Live',
      connecting: 'Connecting',
      catching_up: 'Catching up',
      polling: 'Polling',
      offline: 'Offline',
      stopped: 'Stopped',
      unknown: 'Starting',
    },
    setUp: 'Not set up yet',
    newOrder: (number) => `New order ${number}`,
    linkLost: 'No link to the server',
    linkLostDo: 'New orders may not arrive. What you tap is kept.',
  },
  th: {
    open: 'Open Ticketrail',
    seenAll: 'I have seen all orders',
    refresh: 'Refresh now',
    quit: 'Quit',
    newOrders: (count) => `New orders: ${count}`,
    waiting: (count) => `Taps waiting to be sent: ${count}`,
    lastUpdate: (time) => `last update ${time}`,
    link: {
      live: 'Live',
      connecting: 'Connecting',
      catching_up: 'Catching up',
      polling: 'Polling',
      offline: 'Offline',
      stopped: 'Stopped',
      unknown: 'Starting',
    },
    setUp: 'Not set up yet',
    newOrder: (number) => `New order ${number}`,
    linkLost: 'No link to the server',
    linkLostDo: 'New orders may not arrive. What you tap is kept.',
  },
  ka: {
    open: 'Open Ticketrail',
    seenAll: 'I have seen all orders',
    refresh: 'Refresh now',
    quit: 'Quit',
    newOrders: (count) => `New orders: ${count}`,
    waiting: (count) => `Taps waiting to be sent: ${count}`,
    lastUpdate: (time) => `last update ${time}`,
    link: {
      live: 'Live',
      connecting: 'Connecting',
      catching_up: 'Catching up',
      polling: 'Polling',
      offline: 'Offline',
      stopped: 'Stopped',
      unknown: 'Starting',
    },
    setUp: 'Not set up yet',
    newOrder: (number) => `New order ${number}`,
    linkLost: 'No link to the server',
    linkLostDo: 'New orders may not arrive. What you tap is kept.',
  },
  es: {
    open: 'Open Ticketrail',
    seenAll: 'I have seen all orders',
    refresh: 'Refresh now',
    quit: 'Quit',
    newOrders: (count) => `New orders: ${count}`,
    waiting: (count) => `Taps waiting to be sent: ${count}`,
    lastUpdate: (time) => `last update ${time}`,
    link: {
      live: 'Live',
      connecting: 'Connecting',
      catching_up: 'Catching up',
      polling: 'Polling',
      offline: 'Offline',
      stopped: 'Stopped',
      unknown: 'Starting',
    },
    setUp: 'Not set up yet',
    newOrder: (number) => `New order ${number}`,
    linkLost: 'No link to the server',
    linkLostDo: 'New orders may not arrive. What you tap is kept.',
  },
  ru: {
    open: 'Открыть Ticketrail',
    seenAll: 'Вижу все заказы',
    refresh: 'Обновить',
    quit: 'Выйти',
    newOrders: (count) => `Новых заказов: ${count}`,
    waiting: (count) => `Ждут отправки: ${count}`,
    lastUpdate: (time) => `обновлено в ${time}`,
    link: {
      live: 'На связи',
      connecting: 'Соединение',
      catching_up: 'Догоняем',
      polling: 'Опрос',
      offline: 'Нет связи',
      stopped: 'Остановлено',
      unknown: 'Запуск',
    },
    setUp: 'Ещё не настроено',
    newOrder: (number) => `Новый заказ ${number}`,
    linkLost: 'Нет связи с сервером',
    linkLostDo: 'Новые заказы могут не дойти. Ваши нажатия сохранены.',
  },
  ar: {
    open: 'فتح Ticketrail',
    seenAll: 'رأيت كل الطلبات',
    refresh: 'تحديث الآن',
    quit: 'إنهاء',
    newOrders: (count) => `طلبات جديدة: ${count}`,
    waiting: (count) => `بانتظار الإرسال: ${count}`,
    lastUpdate: (time) => `آخر تحديث ${time}`,
    link: {
      live: 'متصل',
      connecting: 'جارٍ الاتصال',
      catching_up: 'جارٍ اللحاق',
      polling: 'استعلام دوري',
      offline: 'غير متصل',
      stopped: 'متوقف',
      unknown: 'بدء التشغيل',
    },
    setUp: 'لم يُضبط بعد',
    newOrder: (number) => `طلب جديد ${number}`,
    linkLost: 'لا اتصال بالخادم',
    linkLostDo: 'قد لا تصل الطلبات الجديدة. كل لمسة محفوظة.',
  },
};
