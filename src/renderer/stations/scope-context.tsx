import { createContext, type ReactNode, useContext } from 'react';
import { useScreen, useView } from '../shared/screen.tsx';
import type { ViewStore } from '../view-store/view-store.ts';
import { askedBy, type Scope, scopeOf } from './scope.ts';

const ASKED = askedBy(location.search);
const EVERYTHING: Scope = { screen: 'all' };

const selectors = new WeakMap<ViewStore, () => Scope>();

/**
 * The selector for the scope of this page. Every status brings a new settings object; the scope stays the same object as long
 * as its settings are equal.
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
  let last: { settings: object; key: string; scope: Scope } | undefined;
  return () => {
    const settings = store.getState().status?.settings;
    if (!settings) return EVERYTHING;
    if (last?.settings === settings) return last.scope;
    const { screen, stationId, stations, expoHold } = settings;
    const key = JSON.stringify([screen, stationId, stations, expoHold]);
    last = { settings, key, scope: last?.key === key ? last.scope : scopeOf(settings, ASKED) };
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
