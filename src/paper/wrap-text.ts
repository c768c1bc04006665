/** Splits a text into rows that fit: at spaces, in a long word where a word of its script ends, at last between letters. */
export function wrapText(text: string, fits: (row: string) => boolean): string[] {
  const rows: string[] = [];
  let row = '';
  const add = (piece: string, separator: string, smaller: (piece: string) => string[]) => {
    const joined = row === '' ? piece : row + separator + piece;
    if (fits(joined)) {
      row = joined;
      return;
    }
    const pieces = smaller(piece);
    if (fits(piece) || pieces.length === 1) {
      if (row !== '') rows.push(row);
      row = piece;
      return;
    }
    if (row !== '') rows.push(row);
    row = '';
    for (const part of pieces) add(part, '', pieces.length === lettersOf(piece).length ? (p) => [p] : lettersOf);
  };
  for (const word of text.split(' ')) add(word, ' ', wordsOf);
  rows.push(row);
  return rows;
}

const segments = (granularity: 'word' | 'grapheme') => {
  const segmenter = new Intl.Segmenter('th', { granularity });
  return (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);
};
const lettersOf = segments('grapheme');
const thaiWords = segments('word');
/** Only Thai runs its words together; elsewhere a long word is one. */
function wordsOf(text: string): string[] {
  const words = thaiWords(text);
  return words.length > 1 ? words : lettersOf(text);
}
