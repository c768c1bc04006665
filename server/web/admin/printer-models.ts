import type { PrinterDraft } from '#contract/printer.ts';
import type { PageKey } from '../managing/load-text.ts';

type Paper = Pick<PrinterDraft, 'columns' | 'dots'>;

/** Papers with the letters of a line and the dots across that printers of each have. */
const PAPERS: readonly (Paper & { words: PageKey })[] = [
  { columns: 48, dots: 576, words: 'printers.paper.48' },
  { columns: 42, dots: 512, words: 'printers.paper.42' },
  { columns: 32, dots: 384, words: 'printers.paper.32' },
];

export const paperName = ({ columns, dots }: Paper): string => `${columns}/${dots}`;

/** What may be chosen: the usual ones, and what a printer has if that is another. */
export function papersFor(own: Paper | null): { name: string; words: PageKey | null }[] {
  const usual = PAPERS.map((paper) => ({ name: paperName(paper), words: paper.words }));
  if (!own || usual.some(({ name }) => name === paperName(own))) return usual;
  return [...usual, { name: paperName(own), words: null }];
}

export function paperOf(name: string): Paper {
  const [columns, dots] = name.split('/').map(Number);
  return { columns, dots } as Paper;
}

/** Where kitchen printers listen, unless somebody changed it. */
const PORT = 9100;

/** People copy the address from a test page, where it stands without the port. */
export function addressOf(typed: string): string {
  const address = typed.trim();
  return address !== '' && !/:\d+$/.test(address) ? `${address}:${PORT}` : address;
}
