import type { DisplayStatus } from '#contract/display-status.ts';
import type { LinkState } from '#contract/link.ts';

/** The one state that a tray icon shows. */
export type TraySummary = 'stopped' | 'offline' | 'alarm' | 'polling' | 'connecting' | 'live';

const OF_LINK: Record<LinkState, Exclude<TraySummary, 'alarm'>> = {
  stopped: 'stopped',
  offline: 'offline',
  polling: 'polling',
  connecting: 'connecting',
  unknown: 'connecting',
  // Not up to date, so not live.
  catching_up: 'connecting',
  live: 'live',
};

/**
 * The most important state. Offline outranks the alarm: everybody hears the alarm, but only the icon says that more orders
 * may be waiting. A display that is not set up counts as stopped.
 */
export function traySummary({ setup, link, alarm }: Pick<DisplayStatus, 'setup' | 'link' | 'alarm'>): TraySummary {
  if (setup === 'needed') return 'stopped';
  const summary = OF_LINK[link.state];
  return alarm.active && summary !== 'stopped' && summary !== 'offline' ? 'alarm' : summary;
}
