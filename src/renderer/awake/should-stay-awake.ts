import type { DisplayStatus } from '#contract/display-status.ts';
import { keepsAwake } from '#contract/keeps-awake.ts';

/**
 * Whether it is this page that keeps the screen from going dark now. The installed app does it itself, by the same rule.
 *
 * @param now server time, ms
 */
export function shouldStayAwake(
  { desktop, settings, store }: Pick<DisplayStatus, 'desktop' | 'settings' | 'store'>,
  now: number,
): boolean {
  return desktop === null && keepsAwake(settings.desktop, now, store?.timeZone);
}
