import { useText } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';
import controls from './controls.module.css';
import { useSettings } from './use-settings.ts';

/** Which station a station's screen shows. */
export function StationChoiceRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const { stations, stationId } = settings;
  const first = stations[0];
  if (!first) return <p className={controls.setting}>{t('settings.station.none')}</p>;
  const chosen = stations.find(({ id }) => id === stationId) ?? first;
  return (
    <ChoiceRow
      name={t('settings.stationId')}
      value={chosen.id}
      options={stations.map(({ id, name }) => ({ value: id, label: name }))}
      onChoose={(id) => change({ stationId: id })}
    />
  );
}
