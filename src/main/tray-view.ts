import type { DisplayStatus } from '#contract/display-status.ts';
import { LINK_WORDS } from '#contract/link-words.ts';
import { isKioskLocked } from './policy/is-kiosk-locked.ts';
import { type TraySummary, traySummary } from './policy/tray-summary.ts';
import { WORDS } from './words.ts';

/** What the tray shows, as data; an equal view need not be drawn again. */
export interface TrayView {
  summary: TraySummary;
  tooltip: string;
  /** Read-only lines of the menu. */
  lines: string[];
  labels: { open: string; seenAll: string; mute: string; refresh: string; settings: string; quit: string };
  canAcknowledge: boolean;
  canRefresh: boolean;
  canQuit: boolean;
  /** Minutes that the mute entry asks for; 0 ends a mute. */
  muteMinutes: number;
}

/** Windows truncates a longer tooltip, UTF-16 units. */
const TOOLTIP_UNITS = 127;
const MUTE_MINUTES = 10;

export function trayView(status: DisplayStatus): TrayView {
  const { setup, link, alarm, mutedUntil, queueCount, settings } = status;
  const words = WORDS[settings.language];
  const { open, seenAll, refresh, quit } = words;
  const done = setup === 'done';
  const time = link.lastWordAt === null ? null : timeOf(link.lastWordAt, status);
  const linkWord = LINK_WORDS[settings.language][`link.${link.state}`];
  const state = time === null ? linkWord : `${linkWord}, ${words.lastUpdate(time)}`;
  const lines = [
    done ? state : words.setUp,
    words.alert.new.more(alarm.orderIds.length),
    ...(queueCount > 0 ? [words.waiting(queueCount)] : []),
  ];
  const mute = mutedUntil === null ? words.mute : words.unmute(timeOf(mutedUntil, status));
  return {
    summary: traySummary(status),
    tooltip: ['Ticketrail', ...lines].join('\n').slice(0, TOOLTIP_UNITS),
    lines,
    labels: { open, seenAll, mute, refresh, settings: words.settings, quit },
    canAcknowledge: alarm.active,
    canRefresh: done && link.state !== 'stopped',
    canQuit: !isKioskLocked(status),
    muteMinutes: mutedUntil === null ? MUTE_MINUTES : 0,
  };
}

/** The time in the shop's time zone, to the minute, so that the view seldom changes. */
function timeOf(ms: number, { settings, store }: DisplayStatus): string {
  return new Intl.DateTimeFormat(`${settings.language}-u-nu-latn`, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(store && { timeZone: store.timeZone }),
  }).format(ms);
}
