import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../managing/api.ts';
import { usePage } from '../managing/page.tsx';

export interface Reading<T> {
  /** As it was last read; null before the first time. */
  value: T | null;
  /** Why the last read failed. */
  failure: Failure | null;
  read(): Promise<void>;
}

/** Reads what no socket tells, again and again while the page is looked at. */
export function useReading<T>(path: string, everyMs: number): Reading<T> {
  const { api } = usePage();
  const [state, setState] = useState<Omit<Reading<T>, 'read'>>({ value: null, failure: null });
  const asked = useRef(0);
  const shown = useRef(0);
  const read = useCallback(async () => {
    const mine = ++asked.current;
    const answer = await api<T>('GET', path);
    // An earlier answer that comes late is older than a change.
    if (mine < shown.current) return;
    shown.current = mine;
    setState(({ value }) => (answer.ok ? { value: answer.value, failure: null } : { value, failure: answer.error }));
  }, [api, path]);
  useEffect(() => void read(), [read]);
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && void read(), everyMs);
    return () => clearInterval(timer);
  }, [read, everyMs]);
  return { ...state, read };
}
