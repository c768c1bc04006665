export interface CloseFacts {
  /** The program ends: a person chose so, the machine is switched off. */
  quitting: boolean;
  /** Kiosk, and its PIN was not entered. */
  held: boolean;
  /** `settings.desktop.closeToTray`. */
  toTray: boolean;
  tray: 'shown' | 'missing';
  /** A window of its own for one station; the first one is the program. */
  second: boolean;
}

/**
 * What becomes of a window whose close button was pressed. A window is never hidden where nothing could bring it back:
 * without a tray it goes to the task bar.
 */
export function closeAction({
  quitting,
  held,
  toTray,
  tray,
  second,
}: CloseFacts): 'close' | 'stay' | 'hide' | 'minimize' {
  if (quitting) return 'close';
  if (held) return 'stay';
  if (second || !toTray) return 'close';
  return tray === 'shown' ? 'hide' : 'minimize';
}
