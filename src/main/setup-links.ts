import type { App } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import { deepLink, LINK_SCHEME, linkIn } from './deep-link.ts';

/** Takes links of our own scheme from the system. Call it before `ready`: macOS sends its first link then. */
export function setupLinks(app: App, argv: readonly string[], platform: NodeJS.Platform) {
  let waiting = linkIn(argv);
  let follow = (goTo: GoTo): void => {
    waiting = goTo;
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const goTo = deepLink(url);
    if (goTo) follow(goTo);
  });
  // On Linux the package's desktop file registers it. In a checkout this call would register Electron itself.
  if (app.isPackaged && platform !== 'linux') app.setAsDefaultProtocolClient(LINK_SCHEME);
  return {
    /** Follows links from now on, and the last one that came before. */
    follow(goTo: typeof follow): void {
      follow = goTo;
      if (waiting) goTo(waiting);
      waiting = null;
    },
    /** A second start of the program had these arguments. @returns false when they hold no link */
    take(args: readonly string[]): boolean {
      const goTo = linkIn(args);
      if (goTo) follow(goTo);
      return goTo !== null;
    },
  };
}
