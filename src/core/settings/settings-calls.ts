import type { BridgeError } from '#contract/bridge.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import { protectedChanges } from '#contract/protected-settings.ts';
import { DEFAULT_SETTINGS, type Settings, type SettingsPatch } from '#contract/settings.ts';
import type { BridgeCalls } from '../bridge/bridge-calls.ts';
import type { DisplayCore } from '../display-core.ts';
import { readSettingsFile, settingsFile } from './settings-file.ts';

type SettingsCalls = Pick<
  BridgeCalls,
  | 'changeSettings'
  | 'getDefaultSettings'
  | 'exportSettings'
  | 'importSettings'
  | 'setPin'
  | 'unlock'
  | 'lock'
  | 'testOrder'
  | 'showCarriedOver'
  | 'dismissCarriedOver'
>;
type OnDisk = <T>(write: () => T) => Result<T, BridgeError>;

/** What is set, by whom it may be set, and the small tools of the settings screen. */
export function settingsCalls(core: DisplayCore, onDisk: OnDisk): SettingsCalls {
  const { settings, pin, dayEnd, testOrder } = core;
  const nothing = <T>(done: Result<T, BridgeError>): Result<null, BridgeError> => (done.ok ? ok(null) : done);

  function change(patch: SettingsPatch): Result<Settings, BridgeError> {
    const kept = protectedChanges(settings.current(), patch);
    if (kept.length > 0) {
      if (!pin.status().unlocked) return fail('not_allowed', `The PIN keeps ${kept.join(', ')}.`);
      pin.used();
    }
    const changed = onDisk(() => settings.change(patch));
    if (changed.ok) core.settingsChanged();
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
      return nothing(onDisk(() => pin.set(hashed)));
    },
    unlock: async ({ pin: digits }) => ok(await pin.unlock(digits)),
    lock() {
      pin.lock();
      return ok(null);
    },
    testOrder: () => ok({ orderId: testOrder.place() }),
    showCarriedOver: () => nothing(onDisk(dayEnd.show)),
    dismissCarriedOver: () => nothing(onDisk(dayEnd.dismiss)),
  };
}
