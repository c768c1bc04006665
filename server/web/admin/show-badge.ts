import { iconAddress } from '../managing/draw-icon.ts';

const NAME = 'Ticketrail';

/** The count of new orders in the title and in the icon of the tab. */
export function showBadge(document: Document, count: number): void {
  document.title = count > 0 ? `(${count}) ${NAME}` : NAME;
  document.querySelector('link[rel=icon]')?.setAttribute('href', iconAddress(count));
}
