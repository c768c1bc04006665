import type { ComponentType } from 'react';
import type { Settings } from '#contract/settings.ts';
import type { Text, TextKey } from '../i18n/text.ts';
import type { PathTo } from './setting-path.ts';

export type Words = Text['t'];

interface Common {
  label: (t: Words) => string;
  hint?: TextKey;
}

/** One line of the settings: what it is called, where it stands, and how it is changed. */
export type SettingRow = Common &
  (
    | { kind: 'switch'; path: PathTo<boolean> }
    | { kind: 'number'; path: PathTo<number>; min: number; max: number; step: number; unit: Unit }
    | { kind: 'choice'; path: ChoicePath; options: readonly string[]; word: (t: Words, option: string) => string }
    /** A control of its own; `paths` are what it changes, none for a tool that changes nothing. */
    | { kind: 'own'; id: string; paths: readonly string[]; words?: readonly TextKey[]; Control: ComponentType }
  );
export type ChoicePath = Exclude<PathTo<string>, 'language'>;
export type Unit = 'percent' | 'second' | 'minute' | 'count';

/** Rows that belong together. */
export interface SettingSection {
  id: SectionId;
  rows: readonly SettingRow[];
  /** The installed app only. */
  desktopOnly?: true;
}
export type SectionId =
  | 'look'
  | 'work'
  | 'stations'
  | 'times'
  | 'sounds'
  | 'keys'
  | 'connection'
  | 'access'
  | 'desktop'
  | 'diagnosis';

export const idOf = (row: SettingRow): string => (row.kind === 'own' ? row.id : row.path);
export const pathsOf = (row: SettingRow): readonly string[] => (row.kind === 'own' ? row.paths : [row.path]);

/** What is shown of the settings, and what they are without a visit (null until that is known). */
export interface Values {
  settings: Settings;
  defaults: Settings | null;
}
