import { Trash2 } from 'lucide-react';
import type { Station } from '#contract/settings.ts';
import { useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import css from './settings.module.css';
import { TextField } from './text-field.tsx';

export interface StationCardProps {
  station: Station;
  onChange: (station: Station) => void;
  onRemove: () => void;
}

/** One station: its name, and by which words an item belongs to it. */
export function StationCard({ station, onChange, onRemove }: StationCardProps) {
  const { t } = useText();
  return (
    <fieldset className={css.station} data-testid="station">
      <legend className="sr-only">{station.name}</legend>
      <TextField
        label={t('settings.station.name')}
        value={station.name}
        maxLength={200}
        read={(typed) => typed.trim() || null}
        onChange={(name) => onChange({ ...station, name })}
      />
      <TextField
        label={t('settings.station.stations')}
        value={station.stations.join(', ')}
        onChange={(typed) => onChange({ ...station, stations: listOf(typed).slice(0, 20) })}
      />
      <TextField
        label={t('settings.station.names')}
        value={station.names.join(', ')}
        onChange={(typed) => onChange({ ...station, names: listOf(typed).slice(0, 100) })}
      />
      <button type="button" className={buttons.choice} onClick={onRemove}>
        <Trash2 aria-hidden="true" />
        {t('settings.station.remove', { name: station.name })}
      </button>
    </fieldset>
  );
}

/** Words between commas, those of Arabic, Chinese and Japanese as well. */
const listOf = (typed: string): string[] =>
  [...new Set(typed.split(/[,،，、;\n]/).map((one) => one.trim().slice(0, 200)))].filter(Boolean);
