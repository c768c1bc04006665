import { createContext, useContext } from 'react';
import type { SettingsPatch } from '#contract/settings.ts';
import { useScreen } from '../shared/screen.tsx';
import type { Values } from './setting-row.ts';

const ValuesContext = createContext<Values | null>(null);
export const ValuesProvider = ValuesContext.Provider;

/** The settings, their defaults, and the function that changes them. */
export function useSettings(): Values & { change: (patch: SettingsPatch) => Promise<boolean> } {
  const values = useContext(ValuesContext);
  if (!values) throw new Error('no settings around this component');
  const { actions } = useScreen();
  /** False when the change was refused; a toast says so. */
  const change = async (patch: SettingsPatch) => (await actions.ask('changeSettings', patch)) !== undefined;
  return { ...values, change };
}
