import { type Launcher, launcherOf, type Trial } from './check.ts';

/** What takes long to bring about (a server of its own, a crash) is brought about once for all checks of a run. */
export function oncePerLauncher<T>(make: (launcher: Launcher) => Promise<T>): (trial: Trial) => Promise<T> {
  const made = new WeakMap<Launcher, Promise<T>>();
  return (trial) => {
    const launcher = launcherOf(trial);
    const one = made.get(launcher) ?? make(launcher);
    made.set(launcher, one);
    return one;
  };
}
