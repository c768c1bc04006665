/**
 * Without the characters that force or isolate a writing direction (U+202A to U+202E, U+2066 to U+2069): a name with one
 * would turn around the text that follows it.
 */
export const withoutOverrides = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
