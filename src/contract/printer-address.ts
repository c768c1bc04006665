/** A printer's address, without schemas: a page may import this without zod. */

/** The port of nearly every printer that prints what it receives. */
const USUAL_PORT = 9100;

/** Whether it is `host:port`; an IPv6 address stands in brackets. */
export function isPrinterAddress(s: string): boolean {
  const port = Number(/^(?:\[[0-9a-fA-F:.]+\]|[^\s:[\]/@]+):(\d{1,5})$/.exec(s)?.[1]);
  return port >= 1 && port <= 65_535;
}

/** What a person typed, with the usual port if they named none; null: not an address. */
export function readPrinterAddress(typed: string): string | null {
  const trimmed = typed.trim();
  const found = [trimmed, `${trimmed}:${USUAL_PORT}`].find(isPrinterAddress);
  return found !== undefined && found.length <= 255 ? found : null;
}
