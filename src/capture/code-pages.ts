import iconv from 'iconv-lite';

/** How bytes of 0x80 and above are read. */
export interface CodePage {
  name: string;
  /** Of iconv-lite; null: it has none, and the letters are shown as `�`. */
  encoding: string | null;
}

const page = (name: string, encoding: string | null): CodePage => ({ name, encoding });

/** By the number in `ESC t` (Epson's numbering). */
const PAGES: Record<number, CodePage> = {
  0: page('PC437', 'cp437'),
  1: page('Katakana', 'shift_jis'),
  2: page('PC850', 'cp850'),
  3: page('PC860', 'cp860'),
  4: page('PC863', 'cp863'),
  5: page('PC865', 'cp865'),
  6: page('Hiragana', null),
  7: page('One-pass Kanji 1', null),
  8: page('One-pass Kanji 2', null),
  11: page('PC851', null),
  12: page('PC853', null),
  13: page('PC857', 'cp857'),
  14: page('PC737', 'cp737'),
  15: page('ISO8859-7', 'iso88597'),
  16: page('WPC1252', 'win1252'),
  17: page('PC866', 'cp866'),
  18: page('PC852', 'cp852'),
  19: page('PC858', 'cp858'),
  20: page('Thai 42', 'tis620'),
  21: page('Thai 11', 'tis620'),
  22: page('Thai 13', null),
  23: page('Thai 14', null),
  24: page('Thai 16', null),
  25: page('Thai 17', null),
  26: page('Thai 18', 'tis620'),
  30: page('TCVN-3', 'tcvn'),
  31: page('TCVN-3', 'tcvn'),
  32: page('PC720', 'cp720'),
  33: page('WPC775', 'cp775'),
  34: page('PC855', 'cp855'),
  35: page('PC861', 'cp861'),
  36: page('PC862', 'cp862'),
  37: page('PC864', 'cp864'),
  38: page('PC869', 'cp869'),
  39: page('ISO8859-2', 'iso88592'),
  40: page('ISO8859-15', 'iso885915'),
  41: page('PC1098', null),
  42: page('PC1118', null),
  43: page('PC1119', null),
  44: page('PC1125', 'cp1125'),
  45: page('WPC1250', 'win1250'),
  46: page('WPC1251', 'win1251'),
  47: page('WPC1253', 'win1253'),
  48: page('WPC1254', 'win1254'),
  49: page('WPC1255', 'win1255'),
  50: page('WPC1256', 'win1256'),
  51: page('WPC1257', 'win1257'),
  52: page('WPC1258', 'win1258'),
  53: page('KZ-1048', 'rk1048'),
};
export const UTF8 = page('UTF-8', 'utf8');
export const PC437 = page('PC437', 'cp437');

export const codePageNumbered = (n: number): CodePage => PAGES[n] ?? page(`number ${n}`, null);

/** A code page by the name that Epson or others give it, such as `PC866`, `CP866`, `windows-1251`; undefined: there is none. */
export function codePageNamed(name: string): CodePage | undefined {
  const known = Object.values(PAGES).find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (known) return known.encoding === null ? undefined : known;
  const plain = name.replace(/^w?pc(?=\d)/i, (start) => (start.length === 3 ? 'win' : 'cp'));
  return iconv.encodingExists(plain) ? page(name, plain) : undefined;
}

/** What stands for a letter that cannot be read. */
export const UNREAD = '\uFFFD';

/** @returns text without control characters, as long as the printed one */
export function decode(bytes: Uint8Array, { encoding }: CodePage): string {
  const text =
    encoding === null
      ? [...bytes].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : UNREAD)).join('')
      : iconv.decode(Buffer.from(bytes), encoding, { stripBOM: false });
  // A no-break space is a space to every rule.
  return text.replace(/[\u00A0\u2007\u202F]/g, ' ').replace(/\p{Cc}/gu, UNREAD);
}

/** The same if they are UTF-8 with at least one letter beyond ASCII, which no other page's text is by chance; null: they are not. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  if (bytes.every((byte) => byte < 0x80)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const REPLACED = '#$@[\\]^`{|}~';
/** What a country prints for {@link REPLACED} (`ESC R`). */
const COUNTRIES: Record<number, string> = {
  1: '#$à°ç§^`éùè¨',
  2: '#$§ÄÖÜ^`äöüß',
  3: '£$@[\\]^`{|}~',
  4: '#$@ÆØÅ^`æøå~',
  5: '#¤ÉÄÖÅÜéäöåü',
  6: '#$@°\\é^ùàòèì',
  7: '₧$@¡Ñ¿^`¨ñ}~',
  8: '#$@[¥]^`{|}~',
  9: '#¤ÉÆØÅÜéæøåü',
  10: '#$ÉÆØÅÜéæøåü',
  11: '#$á¡Ñ¿é`íñóú',
  12: '#$á¡Ñ¿éüíñóú',
  13: '#$@[₩]^`{|}~',
  14: '#$ŽŠĐĆČžšđćč',
  15: '#¥@[\\]^`{|}~',
  16: '₫$@[\\]^`{|}~',
};

/** The character that a country prints for an ASCII one. */
export function inCountry(character: string, country: number): string {
  const i = REPLACED.indexOf(character);
  return (i >= 0 && [...(COUNTRIES[country] ?? REPLACED)][i]) || character;
}
