import { useLayoutEffect, useRef, useState } from 'react';
import type { SettingsPatch } from '#contract/settings.ts';
import { formatUnit } from '../i18n/format.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';
import controls from './controls.module.css';
import css from './reading-row.module.css';
import { DISTANCES, type Distance, guessedInches, readableFrom, zoomFor } from './reading-size.ts';
import { Stepper } from './stepper.tsx';

const NAMES = Object.keys(DISTANCES) as Distance[];

/** Asks from how far the screen is read and how large it is, and sets the zoom by that. */
export function ReadingRow() {
  const { actions } = useScreen();
  const text = useText();
  const { t } = text;
  const settings = useView((view) => view.status?.settings);
  const sample = useRef<HTMLParagraphElement>(null);
  const [fontPx, setFontPx] = useState<number | null>(null);
  // Depends on the size of the window, not on the zoom.
  useLayoutEffect(() => {
    const measure = () => sample.current && setFontPx(Number.parseFloat(getComputedStyle(sample.current).fontSize));
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  const { width, height } = window.screen;
  const inches = settings?.screenInches ?? guessedInches(width, height);
  const screen = { width, height, inches };
  const change = async (patch: SettingsPatch) => (await actions.ask('changeSettings', patch)) !== undefined;
  const zoomAt = (name: Distance): number => (fontPx === null ? 1 : zoomFor(DISTANCES[name], fontPx, screen));
  const reached = fontPx === null || !settings ? 0 : readableFrom(settings.zoom, fontPx, screen);

  return (
    <div className={controls.setting} data-testid="reading">
      <Stepper
        label={t('settings.reading.screen')}
        value={inches}
        min={4}
        max={100}
        step={1}
        format={(value) => t('settings.reading.inches', { value })}
        onChange={(value) => change({ screenInches: value })}
      />
      <ChoiceRow<Distance | ''>
        name={t('settings.reading.distance')}
        value={NAMES.find((name) => zoomAt(name) === settings?.zoom) ?? ''}
        options={NAMES.map((value) => ({
          value,
          label: t(`settings.reading.${value}`, { metres: formatUnit('count', DISTANCES[value], text) }),
        }))}
        onChoose={(name) => name && change({ screenInches: inches, zoom: zoomAt(name) })}
      />
      <p aria-live="polite">{t('settings.reading.from', { metres: formatUnit('count', reached, text) })}</p>
      <p ref={sample} className={css.probe} aria-hidden="true" />
      <p className={css.sample} aria-hidden="true">
        {t('ticket.number', { number: 117 })}
      </p>
    </div>
  );
}
