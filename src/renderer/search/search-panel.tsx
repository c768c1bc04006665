import { Database, Search, Server } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { NO_FILTER, type OrderFilter } from '#contract/order-filter.ts';
import type { Ticket } from '#contract/ticket.ts';
import { Button } from '../shared/button.tsx';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import { shownLink } from '../view-store/shown-link.ts';
import { FilterRows } from './filter-rows.tsx';
import { FoundRow, rowId } from './found-row.tsx';
import css from './search.module.css';
import { type Found, type SearchState, useSearch } from './use-search.ts';

/** Finds any order, open or closed. By keys: type, move with the arrows, open with Enter. */
export function SearchPanel({ onClose }: { onClose: () => void }) {
  const { ui } = useScreen();
  const { t } = useText();
  const [q, setQ] = useState('');
  const [filter, setFilter] = useState<OrderFilter>(NO_FILTER);
  const { found, state, older } = useSearch(q.trim(), filter);
  const [chosen, setChosen] = useState<string | null>(null);
  const sources = useSources(found.tickets);
  const { tickets } = found;
  const at = tickets.findIndex(({ order }) => order.id === chosen);
  const active = tickets[Math.max(0, at)]?.order.id;
  const open = useMemo(() => (orderId: string) => ui.setState({ sheet: orderId }), [ui]);

  function onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (!step) return void (active && open(active));
    const next = tickets[Math.min(tickets.length - 1, Math.max(0, Math.max(0, at) + (at < 0 && step > 0 ? 1 : step)))];
    if (!next) return;
    setChosen(next.order.id);
    document.getElementById(rowId(next.order.id))?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <Modal title={t('find.title')} mark="search-panel" wide onClose={onClose}>
      <label className={css.findField}>
        <Search />
        <span className="sr-only">{t('find.title')}</span>
        <input
          data-first-focus
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          role="combobox"
          aria-expanded={tickets.length > 0}
          aria-controls="found-orders"
          aria-activedescendant={active && rowId(active)}
          value={q}
          maxLength={200}
          dir={q === '' ? undefined : 'auto'}
          placeholder={t('find.hint')}
          data-testid="search"
          onChange={(event) => setQ(event.target.value)}
          onKeyDown={onKey}
        />
      </label>
      <FilterRows
        filter={filter}
        sources={sources}
        onFilter={setFilter}
        onBoard={(narrowed) => ui.setState({ filter: narrowed, panel: null })}
      />
      <SearchSource found={found} state={state} />
      <div
        id="found-orders"
        className={css.founds}
        role="listbox"
        aria-label={t('find.found')}
        aria-busy={state === 'asking'}
      >
        {tickets.map((ticket) => (
          <FoundRow key={ticket.order.id} ticket={ticket} active={ticket.order.id === active} onOpen={open} />
        ))}
      </div>
      {found.nextBefore !== null && (
        <Button
          className={`${buttons.choice} ${css.findOlder}`}
          mark="search-older"
          disabled={state === 'asking'}
          onClick={older}
        >
          {t('find.older')}
        </Button>
      )}
    </Modal>
  );
}

/** The schema's maximum, and more than a row has room for. */
const MOST = 12;

/** The channels of the orders known here, in alphabetical order. */
export function useSources(found: readonly Ticket[]): string[] {
  const board = useView((view) => view.board.tickets);
  return useMemo(() => {
    const all = new Set([...board.values(), ...found].map(({ order }) => order.source ?? ''));
    return [...all].slice(0, MOST).sort();
  }, [board, found]);
}

/** Shows where the results come from and how far back they go, so that "nothing found" does not read as "never existed". */
export function SearchSource({ found, state }: { found: Found; state: SearchState }) {
  const { t, time } = useText();
  const lastWordAt = useView((view) => shownLink(view).lastWordAt);
  const Icon = found.from === 'server' ? Server : Database;
  const nothing = found.tickets.length === 0 && state !== 'asking' && state !== 'broken';
  return (
    <div className={css.findWhere} role="status" data-testid="searched" data-from={found.from} data-state={state}>
      {nothing && (
        <p className={css.findNone}>
          <strong>{t(found.nextBefore === null ? 'find.none' : 'find.noneYet')}</strong>
        </p>
      )}
      {state === 'broken' ? (
        <p>{t('find.broken')}</p>
      ) : (
        <p>
          <Icon />
          <span>
            {found.from === 'server' ? t('find.server') : t('find.copy', { days: found.days ?? 0 })}{' '}
            {state === 'asking' && t('find.asking')}
            {state === 'unanswered' && t('find.unanswered')}
            {state === 'offline' &&
              (lastWordAt === null ? t('find.offline') : t('find.offlineSince', { time: time(lastWordAt) }))}
          </span>
        </p>
      )}
    </div>
  );
}
