/** Where a database is, without user and password, for messages: `shop.example:5432/ticketrail`. */
export function nameOfUrl(url: string): string {
  if (!URL.canParse(url)) return 'in DATABASE_URL';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
