import { createContext, type ReactNode, useContext } from 'react';
import { useView } from '../shared/screen.tsx';
import type { View, ViewStore } from '../view-store/view-store.ts';
import { askedBy, type Scope, scopeOf } from './scope.ts';

const ASKED = askedBy(location.search);
const EVERYTHING: Scope = { screen: 'all' };
const settings = (view: View) => view.status?.settings;

let last: { set: object; key: string; scope: Scope } | undefined;

/** Whose work this page shows. The same scope as long as the settings say the same, which come anew with each status. */
export function scopeNow(view: View): Scope {
  const set = settings(view);
  if (!set) return EVERYTHING;
  if (last?.set === set) return last.scope;
  const { screen, stationId, stations, expoHold } = set;
  const key = JSON.stringify([screen, stationId, stations, expoHold]);
  last = { set, key, scope: last?.key === key ? last.scope : scopeOf(set, ASKED) };
  return last.scope;
}
export const scopeIn = (store: ViewStore) => (): Scope => scopeNow(store.getState());

const ScopeContext = createContext<Scope>(EVERYTHING);
/** Handed down, so that 500 tickets need not listen for a change of the settings. */
export function ScopeProvider({ children }: { children: ReactNode }) {
  const scope = useView(scopeNow);
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}
export const useScope = (): Scope => useContext(ScopeContext);
