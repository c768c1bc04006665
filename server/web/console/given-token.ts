/**
 * The token that the demo gives with the address that it prints: `/console#token=…`. The part after `#` never reaches a server
 * or its log; it leaves the address bar at once.
 */
export function givenToken(location: Location, history: History): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  if (token) history.replaceState(null, '', location.pathname + location.search);
  return token;
}
