import type { DisplayStatus } from '#contract/display-status.ts';
import type { LinkState } from '#contract/link.ts';

/** What a tray icon can say: one thing. */
export type Glance = 'stopped' | 'offline' | 'alarm' | 'polling' | 'connecting' | 'live';

const OF_LINK: Record<LinkState, Exclude<Glance, 'alarm'>> = {
  stopped: 'stopped',
  offline: 'offline',
  polling: 'polling',
  connecting: 'connecting',
  unknown: 'connecting',
  // Not up to date is not live.
  catching_up: 'connecting',
  live: 'live',
};

/**
 * The one thing that matters most now. A display that hears nothing says so even while it rings: the ringing is heard,
 * and nothing else would tell that more may be waiting. One that nobody has set up is as good as stopped.
 */
export function glanceOf({ setup, link, alarm }: Pick<DisplayStatus, 'setup' | 'link' | 'alarm'>): Glance {
  if (setup === 'needed') return 'stopped';
  const traySummary = OF_LINK[link.state];
  return alarm.active && traySummary !== 'stopped' && traySummary !== 'offline' ? 'alarm' : traySummary;
}
