import type { Bridge, Undo } from '#contract/bridge.ts';
import type { UiStore } from './ui-store.ts';

/** A notification, a menu or a link of the installed app leads somewhere; what was open there before makes room. */
export function handleNavigation(bridge: Bridge, ui: UiStore): Undo {
  return bridge.on('goTo', (goTo) => {
    const room = { settings: false, sheet: null, panel: null, pairing: null };
    switch (goTo.to) {
      case 'order':
        // The sheet is seen whatever page, view or filter the ticket stands in; the ticket is picked below it.
        return ui.setState({ ...room, selected: goTo.orderId, sheet: goTo.orderId });
      case 'settings':
        return ui.setState({ ...room, settings: true });
      case 'pair':
        return ui.setState({ ...room, pairing: { serverUrl: goTo.serverUrl, code: goTo.code } });
    }
  });
}
