import type { OrderAlert } from '#core/alerts/alert.ts';

/** The texts outside the page: tray, menu and notifications. Counts follow a colon, so that no language needs plurals. */
export interface ShellWords {
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

/** The texts of the application menu that the tray does not have. */
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
