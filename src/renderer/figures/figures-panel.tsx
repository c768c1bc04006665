import { useEffect, useState } from 'react';
import type { FigureRange, Figures } from '#contract/figures.ts';
import { ChoiceRow } from '../settings/choice-row.tsx';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import css from './figures.module.css';
import { HoursChart } from './hours-chart.tsx';
import { StatusShares, Tiles } from './tiles.tsx';

const RANGES = ['today', 'yesterday', 'week'] as const satisfies readonly FigureRange[];
const DAY_MS = 24 * 3_600_000;

/** Figures of today, yesterday and the last seven days, from this screen's copy, with or without a network. */
export function FiguresPanel({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const [range, setRange] = useState<FigureRange>('today');
  const figures = useFigures(range);
  return (
    <Modal title={t('figures.title')} mark="figures-panel" wide onClose={onClose}>
      <div className={css.figuresTools}>
        <ChoiceRow
          name={t('figures.range')}
          value={range}
          options={RANGES.map((value) => ({ value, label: t(`figures.range.${value}`) }))}
          onChoose={setRange}
        />
        {figures !== null && figures !== 'failed' && <Source figures={figures} />}
      </div>
      {figures === 'failed' && <p role="alert">{t('figures.failed')}</p>}
      {figures !== null && figures !== 'failed' && <Shown figures={figures} />}
    </Modal>
  );
}

function Shown({ figures }: { figures: Figures }) {
  const { t, timeZone, money } = useText();
  const currency = useView((view) => view.status?.store?.currency ?? 'XXX');
  const inCurrency = (minor: number) => money(minor, currency);
  const { stats, range } = figures;
  return (
    <>
      <Tiles figures={figures} money={inCurrency} />
      <StatusShares stats={stats} />
      <HoursChart perHour={stats.perHour} range={range} timeZone={timeZone ?? 'UTC'} money={inCurrency} />
      <p className={css.figuresNote}>{t('figures.note')}</p>
    </>
  );
}

/** The source of the figures, and their time. */
function Source({ figures: { live, asOf, to, missingBefore } }: { figures: Figures }) {
  const { t, time, moment, day } = useText();
  const when = (at: number) => (to - at < DAY_MS / 2 ? time(at) : moment(at));
  return (
    <p className={css.figuresSource} data-testid="figures-source" data-live={live}>
      {live && t('figures.live')}
      {!live && (asOf === null ? t('figures.neverHeard') : t('figures.asOf', { time: when(asOf) }))}
      {missingBefore !== null && ` ${t('figures.missing', { time: day(missingBefore) })}`}
    </p>
  );
}

/** Refresh interval while the panel is open, ms. */
const EVERY_MS = 3_000;

/** The figures of a range, kept up to date; null while loading, `failed` when they cannot be read. */
export function useFigures(range: FigureRange): Figures | 'failed' | null {
  const { actions } = useScreen();
  const [figures, setFigures] = useState<Figures | 'failed' | null>(null);
  useEffect(() => {
    let gone = false;
    const ask = () => actions.read('getFigures', { range }).then((read) => gone || setFigures(read ?? 'failed'));
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [actions, range]);
  // Do not show the figures of the previous range.
  return figures === null || figures === 'failed' || figures.range === range ? figures : null;
}
