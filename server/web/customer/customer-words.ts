import type { Language } from '#contract/setting-names.ts';
import type { CustomerWords } from './customer-key.ts';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { ka } from './words/ka.ts';
import { ru } from './words/ru.ts';
import { th } from './words/th.ts';

/** All languages, for the server only: it sends a page the words of one. */
export const CUSTOMER_WORDS: Readonly<Record<Language, CustomerWords>> = { en, th, ru, ka, es, ar };
