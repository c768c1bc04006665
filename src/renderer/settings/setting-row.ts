import type { ComponentType } from 'react';
import type { Text, TextKey } from '../i18n/text.ts';
import type { PathTo } from './setting-path.ts';

interface Common {
  /** Without one the label is the text `settings.<id>`. */
  label?: (t: Text['t']) => string;
  /** Shows the text `settings.<id>.hint`. */
  hint?: true;
  /** Whether this device has what the setting is about; without one it has. */
  possible?: () => boolean;
}
interface Limits {
  min: number;
  max: number;
  step: number;
  unit: 'percent' | 'second' | 'minute' | 'count';
}
type ChoicePath = Exclude<PathTo<string>, 'language'>;

/** One line of the settings: its label, its path and its control. The labels of options are the texts `settings.<path>.<option>`. */
export type SettingRow = Common & { id: string; paths: readonly string[] } & (
    | { kind: 'switch'; path: PathTo<boolean> }
    | ({ kind: 'number'; path: PathTo<number> } & Limits)
    | { kind: 'choice'; path: ChoicePath; options: readonly string[] }
    /** A custom control; `paths` are the settings it changes, if any, and `words` the texts by which a search finds it. */
    | { kind: 'own'; words?: readonly TextKey[]; Control: ComponentType }
  );

const at = <P extends string>(path: P) => ({ id: path, path, paths: [path] });
export const toggle = (path: PathTo<boolean>, more?: Common): SettingRow => ({ kind: 'switch', ...at(path), ...more });
export const number = (path: PathTo<number>, limits: Limits, more?: Common): SettingRow => ({
  kind: 'number',
  ...at(path),
  ...limits,
  ...more,
});
export const choice = (path: ChoicePath, options: readonly string[], more?: Common): SettingRow => ({
  kind: 'choice',
  ...at(path),
  options,
  ...more,
});
export const own = (
  id: string,
  paths: readonly string[],
  Control: ComponentType,
  more?: Common & { words?: readonly TextKey[] },
): SettingRow => ({ kind: 'own', id, paths, Control, ...more });

/** Tests check that the texts exist. */
const textOf = (t: Text['t'], id: string): string => t(`settings.${id}` as TextKey);
export const labelOf = (row: SettingRow, t: Text['t']): string => row.label?.(t) ?? textOf(t, row.id);
export const hintOf = (row: SettingRow, t: Text['t']): string => (row.hint ? textOf(t, `${row.id}.hint`) : '');
export const optionOf = (path: ChoicePath, option: string, t: Text['t']): string => textOf(t, `${path}.${option}`);

/** A group of rows. */
export interface SettingSection {
  id: SectionId;
  rows: readonly SettingRow[];
  /** The installed app only. */
  desktopOnly?: true;
}
type SectionOf<Key> = Key extends `settings.section.${infer Id}` ? Id : never;
export type SectionId = SectionOf<TextKey>;
