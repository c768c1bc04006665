import { useEffect, useRef, useState } from 'react';
import type { HistoryEntry, HistoryKind } from '#contract/history.ts';
import { useScreen } from '../shared/screen.tsx';

const PAGE = 60;
/** Debounce after the last letter, ms. */
const TYPING_MS = 200;
/** Short pages that one query reads before it offers the "older" button. */
const MOST_ROUNDS = 25;

export interface Found {
  entries: readonly HistoryEntry[];
  nextBefore: number | null;
  state: 'looking' | 'done' | 'failed';
}

/** The newest page of matching history entries, and older ones on demand. */
export function useHistory(search: string, kinds: readonly HistoryKind[] | null) {
  const { actions } = useScreen();
  const [found, setFound] = useState<Found>({ entries: [], nextBefore: null, state: 'looking' });
  /** Numbers the queries: an answer to an older one is dropped. */
  const question = useRef(0);

  async function look(before: number | null, sofar: readonly HistoryEntry[]): Promise<void> {
    const mine = ++question.current;
    setFound((was) => ({ ...was, state: 'looking' }));
    let entries = sofar;
    let next = before;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const page = await actions.read('getHistory', {
        limit: PAGE,
        ...(search.trim() ? { search: search.trim() } : {}),
        ...(kinds ? { kinds: [...kinds] } : {}),
        ...(next === null ? {} : { before: next }),
      });
      if (mine !== question.current) return;
      if (!page) return setFound({ entries, nextBefore: next, state: 'failed' });
      entries = [...entries, ...page.entries];
      next = page.nextBefore;
      if (next === null || entries.length - sofar.length >= PAGE / 2) break;
    }
    setFound({ entries, nextBefore: next, state: 'done' });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another query reads again
  useEffect(() => {
    const timer = setTimeout(() => void look(null, []), search ? TYPING_MS : 0);
    return () => {
      clearTimeout(timer);
      question.current++;
    };
  }, [search, kinds]);

  return { ...found, older: () => void look(found.nextBefore, found.entries) };
}
