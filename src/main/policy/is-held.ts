import type { DisplayStatus } from '#contract/display-status.ts';

/** Kiosk without its PIN: nothing closes, leaves full screen or ends. A kiosk that nobody gave a PIN holds nobody. */
export const isHeld = ({ settings, pin }: Pick<DisplayStatus, 'settings' | 'pin'>): boolean =>
  settings.desktop.kiosk && pin.set && !pin.unlocked;
