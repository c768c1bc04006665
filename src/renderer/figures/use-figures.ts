import { useEffect, useState } from 'react';
import type { FigureRange, Figures } from '#contract/figures.ts';
import { useScreen } from '../shared/screen.tsx';

/** Asked again this often while it is looked at, ms. */
const EVERY_MS = 3_000;

/** The figures of a range, as long as they are looked at; null: not there yet, `failed`: they cannot be had. */
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
  // Those of the range before are none of this one's.
  return figures === null || figures === 'failed' || figures.range === range ? figures : null;
}
