import type { ComponentType } from 'react';
import type { Settings } from '#contract/settings.ts';
import type { Text, TextKey } from '../i18n/text.ts';
import type { PathTo } from './setting-path.ts';

export type Words = Text['t'];

interface Common {
  label: (t: Words) => string;
  hint?: TextKey;
}

/** One line of the settings: its label, its path and its control. */
export type SettingRow = Common &
  (
    | { kind: 'switch'; path: PathTo<boolean> }
    | { kind: 'number'; path: PathTo<number>; min: number; max: number; step: number; unit: Unit }
    | { kind: 'choice'; path: ChoicePath; options: readonly string[]; word: (t: Words, option: string) => string }
    /** A custom control; `paths` are the settings that it changes, if any. */
    | { kind: 'own'; id: string; paths: readonly string[]; words?: readonly TextKey[]; Control: ComponentType }
  );
export type ChoicePath = Exclude<PathTo<string>, 'language'>;
export type Unit = 'percent' | 'second' | 'minute' | 'count';

/** A group of rows. */
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

/** The settings and their defaults (null until loaded). */
export interface Values {
  settings: Settings;
  defaults: Settings | null;
}
