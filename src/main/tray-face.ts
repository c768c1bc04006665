import type { DisplayStatus } from '#contract/bridge.ts';
import { type Glance, glanceOf } from '#core/glance.ts';
import { WORDS } from './words.ts';

/** What a tray shows, as data: the same face needs no drawing. */
export interface TrayFace {
  glance: Glance;
  tooltip: string;
  /** Lines of the menu that are only read. */
  lines: string[];
  labels: { open: string; seenAll: string; refresh: string; quit: string };
  canAcknowledge: boolean;
  canRefresh: boolean;
}

/** Windows cuts a longer tooltip, UTF-16 units. */
const TOOLTIP_UNITS = 127;

export function trayFace(status: DisplayStatus): TrayFace {
  const { setup, link, alarm, queueCount, settings } = status;
  const words = WORDS[settings.language];
  const done = setup === 'done';
  const time = link.lastWordAt === null ? null : timeOf(link.lastWordAt, status);
  const state = time === null ? words.link[link.state] : `${words.link[link.state]}, ${words.lastUpdate(time)}`;
  const lines = [
    done ? state : words.setUp,
    words.newOrders(alarm.orderIds.length),
    ...(queueCount > 0 ? [words.waiting(queueCount)] : []),
  ];
  return {
    glance: glanceOf(status),
    tooltip: ['Ticketrail', ...lines].join('\n').slice(0, TOOLTIP_UNITS),
    lines,
    labels: { open: words.open, seenAll: words.seenAll, refresh: words.refresh, quit: words.quit },
    canAcknowledge: alarm.active,
    canRefresh: done && link.state !== 'stopped',
  };
}

/** As the shop's clock shows it; minutes, so that a face lasts. */
function timeOf(ms: number, { settings, store }: DisplayStatus): string {
  return new Intl.DateTimeFormat(settings.language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(store && { timeZone: store.timeZone }),
  }).format(ms);
}
