import type { Language } from '#contract/setting-names.ts';
import { ar } from './words/ar.ts';
import { en, type ShellWords } from './words/en.ts';
import { es } from './words/es.ts';
import { ka } from './words/ka.ts';
import { ru } from './words/ru.ts';
import { th } from './words/th.ts';

export const WORDS: Record<Language, ShellWords> = { en, th, ru, ka, es, ar };
