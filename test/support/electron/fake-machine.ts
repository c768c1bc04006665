import { EventEmitter } from 'node:events';
import type { Display, PowerMonitor, PowerSaveBlocker, Rectangle, Screen } from 'electron';

const MAIN: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 };
/** Of the task bar below each work area. */
const BAR_HEIGHT = 40;

/** `powerMonitor`, `powerSaveBlocker` and `screen`: lets a test change the machine and read its blockers. */
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
  const display = (workArea: Rectangle): Display =>
    ({ workArea, bounds: { ...workArea, height: workArea.height + BAR_HEIGHT } }) as Display;
  const events = new EventEmitter();
  const screen = {
    getPrimaryDisplay: () => display(monitors[0] ?? MAIN),
    getAllDisplays: () => monitors.map(display),
  } satisfies Partial<Screen>;

  return {
    powerMonitor: Object.assign(new EventEmitter(), { getSystemIdleTime: () => 3_600 }) as unknown as PowerMonitor,
    powerSaveBlocker,
    screen: Object.assign(events, screen) as unknown as Screen,
    /** The usable part of each monitor, the main one first; may be changed. */
    monitors,
    /** Somebody pulls out a monitor. The system moves no window. */
    unplug(at: number): void {
      const [gone] = monitors.splice(at, 1);
      setImmediate(() => events.emit('display-removed', {}, display(gone ?? MAIN)));
    },
    /** A monitor gets another resolution or place. */
    change(at: number, workArea: Rectangle): void {
      monitors[at] = workArea;
      setImmediate(() => events.emit('display-metrics-changed', {}, display(workArea), ['bounds', 'workArea']));
    },
    /** Whether something keeps the screen on. */
    isKeptAwake: (): boolean => awake.size > 0,
  };
}
