import type { Settings, SettingsPatch } from '#contract/settings.ts';

type Leaf = string | number | boolean | readonly unknown[];
/** The path of a value of type `V` in the settings, such as `sounds.new.volume`. */
export type PathTo<V, T = Settings> = {
  [K in keyof T & string]-?: T[K] extends V ? K : T[K] extends Leaf | null ? never : `${K}.${PathTo<V, T[K]>}`;
}[keyof T & string];

type Branch = Record<string, unknown>;

export function valueAt<V>(settings: Settings, path: PathTo<V>): V {
  return path.split('.').reduce<unknown>((at, key) => (at as Branch)[key], settings) as V;
}

/** The patch that sets a value. Patches hold whole values of the first level. */
export function patchAt(settings: Settings, path: string, value: unknown): SettingsPatch {
  const [first = '', ...rest] = path.split('.');
  return { [first]: put((settings as Branch)[first], rest, value) };
}

/** The patch that resets these paths to their defaults. */
export function patchBack(settings: Settings, defaults: Settings, paths: readonly string[]): SettingsPatch {
  const patch: SettingsPatch = {};
  for (const path of paths) {
    const value = path.split('.').reduce<unknown>((at, key) => (at as Branch)[key], defaults);
    Object.assign(patch, patchAt({ ...settings, ...patch } as Settings, path, value));
  }
  return patch;
}

/** Whether any of these paths differs from its default. */
export function differs(settings: Settings, defaults: Settings, paths: readonly string[]): boolean {
  const back = { ...settings, ...patchBack(settings, defaults, paths) };
  return paths.some((path) => {
    const first = path.split('.')[0] as keyof Settings;
    return JSON.stringify(back[first]) !== JSON.stringify(settings[first]);
  });
}

function put(at: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  return key === undefined ? value : { ...(at as Branch), [key]: put((at as Branch)[key], rest, value) };
}
