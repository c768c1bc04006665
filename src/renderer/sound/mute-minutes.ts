/** How long a display is silenced at a tap: as from the tray (docs/desktop.md). */
export const MUTE_MINUTES = 10;
