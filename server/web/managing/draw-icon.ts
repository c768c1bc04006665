/** A ticket on a rail, or the count on the colour of new orders. */
export function drawIcon(count: number): string {
  const inside =
    count > 0
      ? `<rect width="32" height="32" rx="7" fill="#1c5cf0"/><text x="16" y="23" font-family="sans-serif" font-size="${count > 9 ? 17 : 21}" font-weight="700" text-anchor="middle" fill="#fff">${count > 99 ? '99' : count}</text>`
      : '<rect width="32" height="32" rx="7" fill="#161c23"/><rect x="3" y="7" width="26" height="4" rx="2" fill="#b3bcc6"/><rect x="9" y="11" width="14" height="16" fill="#f8f5ee"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${inside}</svg>`;
}

/** The icon as an address, which the CSP allows. */
export const iconAddress = (count: number): string => `data:image/svg+xml,${encodeURIComponent(drawIcon(count))}`;
