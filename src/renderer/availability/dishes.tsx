import { Search } from 'lucide-react';
import { useState } from 'react';
import type { Availability } from '#contract/availability.ts';
import type { TextKey } from '../i18n/text.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import css from './availability.module.css';
import { dishesToShow } from './dishes-to-show.ts';
import { sendChange } from './send-change.ts';

const ENDS = [
  ['day_end', 'take.until.day_end'],
  [null, 'take.until.none'],
] as const;

/** The dishes of the last day; a tap marks one as sold out, or takes that back. What was sold out when it opened comes first. */
export function Dishes({ soldOut }: { soldOut: Availability['unavailable'] }) {
  const screen = useScreen();
  const { t } = useText();
  const ordered = useAnswer('getDishes');
  const [first] = useState(() => soldOut.map(({ name }) => name));
  const [search, setSearch] = useState('');
  const [until, setUntil] = useState<(typeof ENDS)[number][0]>('day_end');
  // A toast would be behind the panel.
  const [failed, setFailed] = useState<TextKey | null>(null);
  const out = new Set(soldOut.map(({ name }) => name));
  const shown = dishesToShow([...first, ...(ordered ?? []), ...out], search);

  async function toggle(name: string): Promise<void> {
    setFailed(null);
    setFailed(await sendChange(screen, 'setSoldOut', { name, soldOut: !out.has(name), until }));
  }

  return (
    <section className={css.group} aria-labelledby="sold-out">
      <h3 id="sold-out">{t('take.soldOut')}</h3>
      <div className={css.which}>
        <fieldset className={css.choices} aria-label={t('take.until')}>
          {ENDS.map(([end, label]) => (
            <Button
              key={label}
              mark={`until-${end ?? 'none'}`}
              aria-pressed={until === end}
              onClick={() => setUntil(end)}
            >
              {t(label)}
            </Button>
          ))}
        </fieldset>
        <label className={css.search}>
          <Search />
          <span className="sr-only">{t('take.search')}</span>
          <input
            type="search"
            autoComplete="off"
            maxLength={200}
            placeholder={t('take.search')}
            value={search}
            dir={search === '' ? undefined : 'auto'}
            data-testid="dish-search"
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
      </div>
      <p className={css.failed} role="alert">
        {failed && t(failed)}
      </p>
      <div className={css.dishes} data-testid="dishes">
        {shown.map((name) => (
          <Button key={name} mark="dish" aria-pressed={out.has(name)} onClick={() => void toggle(name)}>
            <bdi>{name}</bdi>
          </Button>
        ))}
      </div>
      {ordered && shown.length === 0 && <p className={css.hint}>{t('take.noDishes')}</p>}
    </section>
  );
}
