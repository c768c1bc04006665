import type { App } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import { deepLink, LINK_SCHEME, linkIn } from './deep-link.ts';

/** Receives `ticketrail:` links from the system. Call it before `ready`, when macOS sends the first link. */
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
    /** Calls `goTo` for each link from now on, and for the last earlier one. */
    follow(goTo: typeof follow): void {
      follow = goTo;
      if (waiting) goTo(waiting);
      waiting = null;
    },
    /** Takes the arguments of a second start of the program. @returns false if they contain no link */
    take(args: readonly string[]): boolean {
      const goTo = linkIn(args);
      if (goTo) follow(goTo);
      return goTo !== null;
    },
  };
}
