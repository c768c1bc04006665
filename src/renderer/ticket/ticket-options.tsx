import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Settings } from '#contract/settings.ts';
import { useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';

/** The settings that change what is on a ticket. */
export type TicketOptions = Pick<Settings, 'combineItems' | 'modifierColours' | 'promiseOnStart'>;

const INITIAL: TicketOptions = { combineItems: true, modifierColours: [], promiseOnStart: false };

const TicketOptionsContext = createContext<TicketOptions>(INITIAL);

/** Every status brings a new settings object, so they are compared as text. */
const asText = ({ status }: View): string => {
  const { combineItems, modifierColours, promiseOnStart } = status?.settings ?? INITIAL;
  return JSON.stringify({ combineItems, modifierColours, promiseOnStart } satisfies TicketOptions);
};

/** Provides the options in a context, so that 500 tickets need not subscribe to the settings. */
export function TicketOptionsProvider({ children }: { children: ReactNode }) {
  const text = useView(asText);
  const options = useMemo(() => JSON.parse(text) as TicketOptions, [text]);
  return <TicketOptionsContext value={options}>{children}</TicketOptionsContext>;
}

export const useTicketOptions = (): TicketOptions => useContext(TicketOptionsContext);
