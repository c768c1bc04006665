import { createContext, useContext, useEffect, useState } from 'react';
import type { Settings, SettingsPatch } from '#contract/settings.ts';
import { useScreen } from '../shared/screen.tsx';

interface Edit {
  patch: SettingsPatch;
  answered: boolean;
}

interface Edited {
  settings: Settings;
  /** False when the change was refused; a toast says so. */
  change(patch: SettingsPatch): Promise<boolean>;
}

interface Values extends Edited {
  /** Null until loaded. */
  defaults: Settings | null;
}

const SettingsContext = createContext<Values | null>(null);
export const SettingsProvider = SettingsContext.Provider;

/** The settings, their defaults, and the function that changes them. */
export function useSettings(): Values {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error('no settings around this component');
  return settings;
}

/**
 * The stored settings with the edits that are not in them yet. A second edit starts from the first one: a list of stations
 * is stored whole, so it would otherwise undo it.
 */
export function useEdits(stored: Settings): Edited {
  const { actions } = useScreen();
  const [edits, setEdits] = useState<readonly Edit[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is stored after an answer contains the edit
  useEffect(() => setEdits((all) => all.filter(({ answered }) => !answered)), [stored]);

  async function change(patch: SettingsPatch): Promise<boolean> {
    const edit = { patch, answered: false };
    setEdits((all) => [...all, edit]);
    const accepted = (await actions.ask('changeSettings', patch)) !== undefined;
    const answered = accepted ? [{ patch, answered: true }] : [];
    setEdits((all) => all.flatMap((one) => (one === edit ? answered : [one])));
    return accepted;
  }
  const settings: Settings = Object.assign({}, stored, ...edits.map(({ patch }) => patch));
  return { settings, change };
}
