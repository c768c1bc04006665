import type { Page } from '@playwright/test';

/** A font that drew some of an element's text. */
export interface DrawnFont {
  name: string;
  /** Whether it came with the page; otherwise it is the machine's. */
  own: boolean;
  text: string;
}

/** The fonts that drew the texts of the elements that match, as Chromium's developer tools list them. */
export async function drawnFonts(page: Page, selector: string): Promise<DrawnFont[]> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('DOM.enable');
  await tools.send('CSS.enable');
  const { root } = await tools.send('DOM.getDocument');
  const [{ nodeIds }, texts] = await Promise.all([
    tools.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector }),
    page.locator(selector).evaluateAll((all) =>
      all.map((one) => {
        const before = getComputedStyle(one, '::before').content;
        const words = [...one.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
        return `${before.startsWith('"') ? before : ''}${words.map(({ textContent }) => textContent).join('')}`.trim();
      }),
    ),
  ]);
  const drawn = await Promise.all(
    nodeIds.map(async (nodeId, at) => {
      const text = texts[at] ?? '';
      const { fonts } = text ? await tools.send('CSS.getPlatformFontsForNode', { nodeId }) : { fonts: [] };
      return fonts.map(({ familyName, isCustomFont }) => ({ name: familyName, own: isCustomFont, text }));
    }),
  );
  await tools.detach();
  return drawn.flat();
}

/** The files of fonts that the page has fetched, without the hash in their names. */
export const fetchedFonts = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /([^/]+)-[\w-]{8}\.woff2$/.exec(name)?.[1] ?? [])
      .sort(),
  );
