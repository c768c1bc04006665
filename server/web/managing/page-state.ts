/** What the server wrote into the page for its script. */
export const pageState = <T>(document: Document): Partial<T> =>
  JSON.parse(document.getElementById('state')?.textContent ?? '{}') as Partial<T>;
