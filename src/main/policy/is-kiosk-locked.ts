import type { DisplayStatus } from '#contract/display-status.ts';

/** Kiosk mode with its PIN not entered: windows cannot be closed or leave full screen. Without a PIN a kiosk is never locked. */
export const isKioskLocked = ({ settings, pin }: Pick<DisplayStatus, 'settings' | 'pin'>): boolean =>
  settings.desktop.kiosk && pin.set && !pin.unlocked;
