export interface CloseFacts {
  /** The program is ending: a person quit it, or the machine shuts down. */
  quitting: boolean;
  /** Kiosk mode, and its PIN is not entered. */
  locked: boolean;
  /** `settings.desktop.closeToTray`. */
  toTray: boolean;
  tray: 'shown' | 'missing';
  /** A further window for one station; the first window is the program. */
  second: boolean;
}

/**
 * What a window's close button does. It never hides a window that nothing could bring back: without a tray it minimizes to
 * the task bar.
 */
export function closeAction({
  quitting,
  locked,
  toTray,
  tray,
  second,
}: CloseFacts): 'close' | 'stay' | 'hide' | 'minimize' {
  if (quitting) return 'close';
  if (locked) return 'stay';
  if (second || !toTray) return 'close';
  return tray === 'shown' ? 'hide' : 'minimize';
}
