import type { Language } from '#contract/setting-names.ts';
import type { words as board } from './en/board.ts';
import type { words as panels } from './en/panels.ts';
import type { words as settings } from './en/settings.ts';
import type { words as trouble } from './en/trouble.ts';
import { type TextOf, textOf } from './text-of.ts';

/** A key of the texts. */
export type TextKey = keyof (typeof board & typeof trouble & typeof panels & typeof settings);
type Words = Readonly<Record<string, string>>;

/** The words of a display in one language. */
export interface Text extends TextOf<TextKey> {
  /** Adds the words of what opens over the board. Rejects when they cannot be fetched; then it may be called again. */
  loadPanels(): Promise<void>;
}

/** The files of a language. The board's are loaded before it is painted, those of the panels with the panels (panels.tsx). */
export const BOARD_PARTS = ['board', 'trouble'] as const;
export const PANEL_PARTS = ['panels', 'settings'] as const;
type Part = (typeof BOARD_PARTS | typeof PANEL_PARTS)[number];

/** Each file is a chunk: a screen loads one language. */
const FILES: Readonly<Record<Language, Readonly<Record<Part, () => Promise<{ words: Words }>>>>> = {
  en: {
    board: () => import('./en/board.ts'),
    trouble: () => import('./en/trouble.ts'),
    panels: () => import('./en/panels.ts'),
    settings: () => import('./en/settings.ts'),
  },
  th: {
    board: () => import('./th/board.ts'),
    trouble: () => import('./th/trouble.ts'),
    panels: () => import('./th/panels.ts'),
    settings: () => import('./th/settings.ts'),
  },
  ru: {
    board: () => import('./ru/board.ts'),
    trouble: () => import('./ru/trouble.ts'),
    panels: () => import('./ru/panels.ts'),
    settings: () => import('./ru/settings.ts'),
  },
  ka: {
    board: () => import('./ka/board.ts'),
    trouble: () => import('./ka/trouble.ts'),
    panels: () => import('./ka/panels.ts'),
    settings: () => import('./ka/settings.ts'),
  },
  es: {
    board: () => import('./es/board.ts'),
    trouble: () => import('./es/trouble.ts'),
    panels: () => import('./es/panels.ts'),
    settings: () => import('./es/settings.ts'),
  },
  ar: {
    board: () => import('./ar/board.ts'),
    trouble: () => import('./ar/trouble.ts'),
    panels: () => import('./ar/panels.ts'),
    settings: () => import('./ar/settings.ts'),
  },
};

/** Loads the words that the board needs. Rejects when they cannot be fetched. */
export async function loadText(language: Language): Promise<Text> {
  const texts = await loadWords(language, BOARD_PARTS);
  return {
    ...textOf<TextKey>(language, texts),
    async loadPanels() {
      Object.assign(texts, await loadWords(language, PANEL_PARTS));
    },
  };
}

export async function loadWords(language: Language, parts: readonly Part[]): Promise<Record<string, string>> {
  const files = await Promise.all(parts.map((part) => FILES[language][part]()));
  return Object.assign({}, ...files.map(({ words }) => words));
}
