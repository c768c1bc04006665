import type { BridgeError } from '#contract/bridge.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import { protectedChanges } from '#contract/protected-settings.ts';
import { DEFAULT_SETTINGS, type Settings, type SettingsPatch } from '#contract/settings.ts';
import type { DisplayCore } from '../display-core.ts';
import { readSettingsFile, settingsFile } from '../settings/settings-file.ts';
import type { CallHandlers } from './call-handlers.ts';

/** The settings, the PIN that protects some of them, and the end of the day. */
export function settingsCalls({ disks, settings, pin, dayEnd, settingsChanged }: DisplayCore) {
  const write = (run: () => void): Result<null, BridgeError> =>
    disks.write(() => {
      run();
      return null;
    });

  function change(patch: SettingsPatch): Result<Settings, BridgeError> {
    const locked = protectedChanges(settings.current(), patch);
    if (locked.length > 0) {
      if (!pin.status().unlocked) return fail('not_allowed', `The PIN keeps ${locked.join(', ')}.`);
      pin.used();
    }
    const changed = disks.write(() => settings.change(patch));
    if (changed.ok) settingsChanged();
    return changed;
  }

  return {
    changeSettings: change,
    getDefaultSettings: () => ok(DEFAULT_SETTINGS),
    exportSettings: () => ok({ text: settingsFile(settings.current()) }),
    importSettings({ text }) {
      const read = readSettingsFile(text);
      if ('wrong' in read) return ok({ wrong: read.wrong });
      const changed = change(read.settings);
      return changed.ok ? ok({ wrong: [] }) : changed;
    },
    async setPin({ pin: digits }) {
      if (!pin.status().unlocked) return fail('not_allowed', 'The PIN in force must be given first.');
      const hashed = await pin.prepare(digits);
      return write(() => pin.set(hashed));
    },
    unlock: async ({ pin: digits }) => ok(await pin.unlock(digits)),
    lock() {
      pin.lock();
      return ok(null);
    },
    showCarriedOver: () => write(dayEnd.show),
    dismissCarriedOver: () => write(dayEnd.dismiss),
  } satisfies Partial<CallHandlers>;
}
