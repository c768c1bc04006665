/**
 * The dishes that contain the text, each once, in their order. A text that no dish contains is a dish that nobody has ordered
 * yet.
 */
export function dishesToShow(dishes: readonly string[], search: string): string[] {
  const text = search.trim();
  const all = [...new Set(dishes)];
  if (text === '') return all;
  const found = all.filter((name) => fold(name).includes(fold(text)));
  return found.length > 0 ? found : [text];
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
