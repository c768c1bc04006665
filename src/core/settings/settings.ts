import { DEFAULT_SETTINGS, Settings, type SettingsPatch } from '#contract/settings.ts';
import type { QueueStore } from '../stores.ts';

export type SettingsStore = ReturnType<typeof createSettings>;

/** The settings of this display. A stored value that cannot be read falls back to its default. */
export function createSettings(store: Pick<QueueStore, 'settings' | 'setSettings'>) {
  let settings = readable(store.settings());
  return {
    current: (): Settings => settings,
    /** Throws `StorageError` and then changes nothing. */
    change(patch: SettingsPatch): Settings {
      const next = Settings.parse({ ...settings, ...patch });
      store.setSettings(next);
      settings = next;
      return next;
    },
  };
}

function readable(saved: unknown): Settings {
  if (typeof saved !== 'object' || saved === null) return DEFAULT_SETTINGS;
  const fields = Object.entries(Settings.shape).flatMap(([key, field]) => {
    const value = field.safeParse((saved as Record<string, unknown>)[key]);
    return value.success ? [[key, value.data] as const] : [];
  });
  return Settings.parse(Object.fromEntries(fields));
}
