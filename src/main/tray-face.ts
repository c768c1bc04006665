import type { DisplayStatus } from '#contract/display-status.ts';
import { LINK_WORDS } from '#contract/link-words.ts';
import { isHeld } from './policy/is-held.ts';
import { type TraySummary, traySummary } from './policy/tray-summary.ts';
import { WORDS } from './words.ts';

/** What a tray shows, as data: the same face needs no drawing. */
export interface TrayFace {
  summary: TraySummary;
  tooltip: string;
  /** Lines of the menu that are only read. */
  lines: string[];
  labels: { open: string; seenAll: string; mute: string; refresh: string; settings: string; quit: string };
  canAcknowledge: boolean;
  canRefresh: boolean;
  canQuit: boolean;
  /** What the entry of the sound asks for: so many minutes of silence, or (0) their end. */
  muteMinutes: number;
}

/** Windows cuts a longer tooltip, UTF-16 units. */
const TOOLTIP_UNITS = 127;
const MUTE_MINUTES = 10;

export function trayFace(status: DisplayStatus): TrayFace {
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
    canQuit: !isHeld(status),
    muteMinutes: mutedUntil === null ? MUTE_MINUTES : 0,
  };
}

/** As the shop's clock shows it; minutes, so that a face lasts. */
function timeOf(ms: number, { settings, store }: DisplayStatus): string {
  return new Intl.DateTimeFormat(`${settings.language}-u-nu-latn`, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(store && { timeZone: store.timeZone }),
  }).format(ms);
}
