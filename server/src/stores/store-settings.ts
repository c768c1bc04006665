import type { Store, StoreSettings } from '#contract/store.ts';
import type { StoreRow } from '../database/tables.ts';

/** The defaults of a store's settings (contract, sections 5, 7 and 13; ADR 55). */
export const DEFAULT_STORE_SETTINGS: Store['settings'] = {
  displayWindowDays: 8,
  acknowledgeWithinSeconds: 60,
  autoAccept: [],
  preparationMinutes: null,
  stations: [],
  language: 'en',
};

/** What an older version has not written has its default. */
export const settingsOf = ({ settings }: Pick<StoreRow, 'settings'>): Store['settings'] => ({
  ...DEFAULT_STORE_SETTINGS,
  ...(JSON.parse(settings) as Partial<Store['settings']>),
});

/** A setting that is absent from the change stays as it is. */
export const mergedSettings = (settings: Store['settings'], change: StoreSettings | undefined): Store['settings'] => ({
  displayWindowDays: change?.displayWindowDays ?? settings.displayWindowDays,
  acknowledgeWithinSeconds: change?.acknowledgeWithinSeconds ?? settings.acknowledgeWithinSeconds,
  autoAccept: change?.autoAccept ?? settings.autoAccept,
  preparationMinutes: change?.preparationMinutes ?? settings.preparationMinutes,
  stations: change?.stations ?? settings.stations,
  language: change?.language ?? settings.language,
});
