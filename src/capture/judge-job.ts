import type { Printed } from './printed.ts';

/** What a job is: an order, nothing (a drawer's kick, a feed), a picture that cannot be read, or no till's at all. */
export type Verdict = 'order' | 'nothing' | 'picture' | 'noise';

/** What programs say to a port to find out what listens there. */
const PROTOCOLS =
  /^(?:[A-Z]{3,10} \S+ (?:HTTP|RTSP|SIP|ICAP)\/\d|SSH-\d|(?:EHLO|HELO|HELP|QUIT|PING|USER|CAPABILITIES|LIST)\b(?: \S+)?$|%!PS|\{"(?:jsonrpc|id|method)")|@PJL|%-12345X/;

/** More bytes that no printer knows than this share of the text are noise: with a cut at the end, and without. */
const STRAYS = 0.1;
const STRAYS_WITHOUT_CUT = 0.02;
/** What is written in words has at least this share of them, of digits and of blanks. */
const WORDS = 0.6;
const SOME_WORDS = 0.4;
/** Characters that are looked at. */
const LOOKED_AT = 4_000;
/** Symbols, such as those for drawing boxes, that do not stand in a row. */
const SYMBOLS = 0.1;

/**
 * Judges what was printed. A job of a till that ended with a cut is an order even if its letters are read in the wrong code page: it
 * has commands of a printer and no byte that a printer does not know. What came without a cut must be in words.
 */
export function judgeJob({ lines, moreLines, complete, pictures, strays, commands }: Printed): Verdict {
  const text = lines
    .map((line) => line.text)
    .join('\n')
    .slice(0, LOOKED_AT);
  const printed = text.replace(/\s/g, '').length;
  const readable = text.match(/[\p{L}\p{N}\uFFFD]/gu)?.length ?? 0;
  if (strays > Math.max(1, printed) * (complete ? STRAYS : STRAYS_WITHOUT_CUT)) return 'noise';
  if (readable < 2) return pictures > 0 ? 'picture' : 'nothing';
  if (PROTOCOLS.test(lines[0]?.text ?? '')) return 'noise';
  const words = shareOf(text, WORD);
  if (words < WORDS) {
    if (strays > 0) return 'noise';
    // The cut is a command too.
    return complete && (commands > 1 || (words >= SOME_WORDS && shareOf(text, SYMBOL) <= SYMBOLS)) ? 'order' : 'noise';
  }
  if (complete) return 'order';
  if (shareOf(text, SYMBOL) > SYMBOLS) return 'noise';
  // A lone word, without a number or a printer's command, is no ticket.
  const isTicket = commands > 0 || lines.length + moreLines > 1 || (/\p{N}/u.test(text) && /\p{L}{2}/u.test(text));
  return isTicket ? 'order' : 'noise';
}

/** Letters beside letters of their script, digits, blanks, one of a row of equal ones. */
const WORD =
  /\p{Script=Latin}*[A-Za-z]{2}\p{Script=Latin}*|\p{Script=Cyrillic}{2,}|\p{Script=Greek}{2,}|(?=[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])[\p{L}\p{M}]{2,}|[\d\s.,:]|(.)\1{2,}/gu;
const SYMBOL = /[^\p{L}\p{M}\p{N}\s!-~№€£°«»„“”’–—]/gu;

const shareOf = (text: string, pattern: RegExp): number =>
  (text.match(pattern) ?? []).reduce((sum, found) => sum + found.length, 0) / text.length;
