import type { LinkState } from '#contract/link.ts';
import type { Language } from '#contract/setting-names.ts';
import type { OrderAlert } from '#core/alerts/alert.ts';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { ka } from './words/ka.ts';
import { ru } from './words/ru.ts';
import { th } from './words/th.ts';

/**
 * The words outside the page: tray, menu and notifications. Counts stand behind a colon, so that no language needs its
 * plurals here. The link's words are those of the page.
 */
export interface Words {
  open: string;
  seenAll: string;
  refresh: string;
  /** For ten minutes. */
  mute: string;
  unmute(until: string): string;
  settings: string;
  quit: string;
  newOrders(count: number): string;
  waiting(count: number): string;
  lastUpdate(time: string): string;
  link: Record<LinkState, string>;
  setUp: string;
  /** One order, by its number, and a burst of them. */
  alert: Record<OrderAlert, { one(number: string): string; more(count: number): string }>;
  linkLost: string;
  linkLostDo: string;
  /** Buttons of a notification. */
  seen: string;
  start: string;
  menu: Record<MenuWord, string>;
}

/** What the application's menu says beyond the tray's. */
export type MenuWord =
  | 'orders'
  | 'edit'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'view'
  | 'zoomIn'
  | 'zoomOut'
  | 'zoomReset'
  | 'fullScreen'
  | 'window'
  | 'newWindow'
  | 'allStations'
  | 'minimize'
  | 'close'
  | 'about'
  | 'hide'
  | 'hideOthers'
  | 'showAll';

export const WORDS: Record<Language, Words> = { en, th, ru, ka, es, ar };
