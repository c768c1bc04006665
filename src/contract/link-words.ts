import type { LinkState } from './link.ts';
import type { Language } from './setting-names.ts';

type LinkTexts = { readonly [S in LinkState as `link.${S}`]: string };

/** The displayed text for each state of the link, for page and tray. Without schemas, so that pages may import it. */
export const LINK_WORDS: Record<Language, LinkTexts> = {
  en: {
    'link.live': 'Live',
    'link.connecting': 'Connecting',
    'link.catching_up': 'Catching up',
    'link.polling': 'Polling',
    'link.offline': 'Offline',
    'link.stopped': 'Stopped',
    'link.unknown': 'Starting',
  },
  th: {
    'link.live': 'ออนไลน์',
    'link.connecting': 'กำลังเชื่อมต่อ',
    'link.catching_up': 'กำลังตามให้ทัน',
    'link.polling': 'ถามเป็นระยะ',
    'link.offline': 'ออฟไลน์',
    'link.stopped': 'หยุดแล้ว',
    'link.unknown': 'กำลังเริ่ม',
  },
  ru: {
    'link.live': 'На связи',
    'link.connecting': 'Соединение',
    'link.catching_up': 'Догоняем',
    'link.polling': 'Опрос',
    'link.offline': 'Нет связи',
    'link.stopped': 'Остановлено',
    'link.unknown': 'Запуск',
  },
  ka: {
    'link.live': 'კავშირზეა',
    'link.connecting': 'უკავშირდება',
    'link.catching_up': 'ეწევა',
    'link.polling': 'გამოკითხვა',
    'link.offline': 'კავშირი არ არის',
    'link.stopped': 'შეჩერდა',
    'link.unknown': 'ირთვება',
  },
  es: {
    'link.live': 'En directo',
    'link.connecting': 'Conectando',
    'link.catching_up': 'Poniéndose al día',
    'link.polling': 'Consultando',
    'link.offline': 'Sin conexión',
    'link.stopped': 'Detenida',
    'link.unknown': 'Iniciando',
  },
  ar: {
    'link.live': 'متصل',
    'link.connecting': 'جارٍ الاتصال',
    'link.catching_up': 'جارٍ اللحاق',
    'link.polling': 'استعلام دوري',
    'link.offline': 'غير متصل',
    'link.stopped': 'متوقف',
    'link.unknown': 'بدء التشغيل',
  },
};
