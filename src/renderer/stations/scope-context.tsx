import { createContext, type ReactNode, useContext } from 'react';
import { useScreen, useView } from '../shared/screen.tsx';
import type { ViewStore } from '../view-store/view-store.ts';
import { askedBy, type Scope, scopeOf } from './scope.ts';

const ASKED = askedBy(location.search);
const EVERYTHING: Scope = { screen: 'all' };

const selectors = new WeakMap<ViewStore, () => Scope>();

/**
 * The selector for the scope of this page. Every status brings new objects; the scope stays the same object as long as its
 * settings and the stations are equal.
 */
export function scopeIn(store: ViewStore): () => Scope {
  let select = selectors.get(store);
  if (!select) {
    select = createSelector(store);
    selectors.set(store, select);
  }
  return select;
}

function createSelector(store: ViewStore): () => Scope {
  let last: { status: object; key: string; scope: Scope } | undefined;
  return () => {
    const status = store.getState().status;
    if (!status) return EVERYTHING;
    if (last?.status === status) return last.scope;
    const { screen, stationId, stations, expoHold } = status.settings;
    const key = JSON.stringify([screen, stationId, stations, expoHold, status.stations]);
    last = { status, key, scope: last?.key === key ? last.scope : scopeOf(status, ASKED) };
    return last.scope;
  };
}

const ScopeContext = createContext<Scope>(EVERYTHING);

/** Provides the scope in a context, so that 500 tickets need not subscribe to the settings. */
export function ScopeProvider({ children }: { children: ReactNode }) {
  const scope = useView(scopeIn(useScreen().view));
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

export const useScope = (): Scope => useContext(ScopeContext);
