/** Pages for browsers without access, in plain words. Their style sheet needs no cookie, since the CSP allows no inline style. */
const page = (title: string, ...paragraphs: string[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · Ticketrail</title>
<link rel="stylesheet" href="/locked.css">
<h1>${title}</h1>
${paragraphs.map((words) => `<p>${words}</p>`).join('\n')}
</html>
`;

/** A browser that follows a link from another site does not send a Strict cookie; after a click on `Try again` it does. */
export const LOCKED_PAGE = page(
  'This screen needs its key',
  'Open the address that was printed when the display started. It ends with <code>?key=…</code> and is needed once on each device.',
  '<a href="/">Try again</a> if this device has shown the orders before.',
);
export const TOO_MANY_TRIES_PAGE = page(
  'Too many wrong keys',
  'Wait a minute, then open the address that was printed when the display started.',
);
export const WRONG_NAME_PAGE = page(
  'This is not the name of this display',
  'Open the address that was printed when the display started.',
);
export const NO_SUCH_PAGE = page('There is nothing here', '<a href="/">To the orders</a>');

export const LOCKED_CSS = `body { margin: 15vh auto; max-width: 34rem; padding: 0 1.5rem; background: #14171a; color: #e9e6df; font: 1.25rem/1.5 system-ui, sans-serif }
h1 { font-size: 2rem; line-height: 1.2 }
a { color: #ffc94d }
`;
