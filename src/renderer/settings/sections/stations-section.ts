import type { SettingSection } from '../setting-row.ts';
import { DisplayNameRow, StationChoiceRow, StationsRow } from '../stations-rows.tsx';

/** Whose work this screen shows. */
export const stationsSection: SettingSection = {
  id: 'stations',
  rows: [
    {
      kind: 'own',
      id: 'displayName',
      paths: ['displayName'],
      label: (t) => t('settings.displayName'),
      Control: DisplayNameRow,
    },
    {
      kind: 'choice',
      path: 'screen',
      label: (t) => t('settings.screen'),
      options: ['all', 'station', 'expo'],
      word: (t, screen) => t(`settings.screen.${screen as 'all'}`),
    },
    {
      kind: 'own',
      id: 'stationId',
      paths: ['stationId'],
      label: (t) => t('settings.stationId'),
      Control: StationChoiceRow,
    },
    { kind: 'switch', path: 'expoHold', label: (t) => t('settings.expoHold') },
    {
      kind: 'own',
      id: 'stations',
      paths: ['stations'],
      label: (t) => t('settings.stations'),
      hint: 'settings.stations.hint',
      words: ['settings.station.stations', 'settings.station.names'],
      Control: StationsRow,
    },
  ],
};
