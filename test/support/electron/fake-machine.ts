import { EventEmitter } from 'node:events';
import type { Display, PowerMonitor, PowerSaveBlocker, Rectangle, Screen } from 'electron';

const MAIN: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 };

/** `powerMonitor`, `powerSaveBlocker` and `screen`: what a test does to the machine, and what it is kept from. */
export function fakeMachine() {
  const awake = new Set<number>();
  let last = 0;
  const monitors = [MAIN];

  const powerSaveBlocker: PowerSaveBlocker = {
    start() {
      awake.add(++last);
      return last;
    },
    stop: (id) => awake.delete(id),
    isStarted: (id) => awake.has(id),
  };
  const display = (workArea: Rectangle): Display => ({ workArea }) as Display;
  const screen = {
    getPrimaryDisplay: () => display(monitors[0] ?? MAIN),
    getAllDisplays: () => monitors.map(display),
  } satisfies Partial<Screen>;

  return {
    powerMonitor: new EventEmitter() as PowerMonitor,
    powerSaveBlocker,
    screen: Object.assign(new EventEmitter(), screen) as unknown as Screen,
    /** The usable part of each monitor, the main one first; may be changed. */
    monitors,
    /** The screen is kept from going dark. */
    isKeptAwake: (): boolean => awake.size > 0,
  };
}
