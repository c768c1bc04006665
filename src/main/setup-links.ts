import type { App } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import { deepLink, LINK_SCHEME, linkIn } from './deep-link.ts';

export interface Links {
  /** From now on links are followed; the last one that came before is followed now. */
  follow(goTo: (goTo: GoTo) => void): void;
  /** A second start of the program gave these arguments. @returns false: there is no link in them */
  take(argv: readonly string[]): boolean;
}

/** Links of our own scheme, however the system hands them over; called before `ready`, or macOS keeps its first one. */
export function setupLinks(app: App, argv: readonly string[], platform: NodeJS.Platform): Links {
  let waiting = linkIn(argv);
  let follow = (goTo: GoTo): void => {
    waiting = goTo;
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const goTo = deepLink(url);
    if (goTo) follow(goTo);
  });
  // On Linux the package's desktop file says so; run from a checkout, the program that would be entered is Electron itself.
  if (app.isPackaged && platform !== 'linux') app.setAsDefaultProtocolClient(LINK_SCHEME);
  return {
    follow(goTo) {
      follow = goTo;
      if (waiting) goTo(waiting);
      waiting = null;
    },
    take(args) {
      const goTo = linkIn(args);
      if (goTo) follow(goTo);
      return goTo !== null;
    },
  };
}
