/** Texts outside the page: tray, menu and notifications. A count follows a colon, so that no language needs plurals. */
export const en = {
  open: 'Open Ticketrail',
  seenAll: 'I have seen all orders',
  refresh: 'Refresh now',
  mute: 'Mute for 10 minutes',
  unmute: (until: string) => `Muted until ${until}: turn sound on`,
  settings: 'Settings',
  quit: 'Quit',
  waiting: (count: number) => `Taps waiting to be sent: ${count}`,
  lastUpdate: (time: string) => `last update ${time}`,
  setUp: 'Not set up yet',
  /** For one order, by its number, and for several. */
  alert: {
    new: { one: (number: string) => `New order ${number}`, more: (count: number) => `New orders: ${count}` },
    escalation: {
      one: (number: string) => `Nobody has seen order ${number}`,
      more: (count: number) => `Orders that nobody has seen: ${count}`,
    },
    changed: {
      one: (number: string) => `Order ${number} was changed`,
      more: (count: number) => `Orders changed: ${count}`,
    },
    cancelled: {
      one: (number: string) => `Order ${number} was cancelled`,
      more: (count: number) => `Orders cancelled: ${count}`,
    },
  },
  linkLost: 'No link to the server',
  linkLostDo: 'New orders may not arrive. What you tap is kept.',
  /** Buttons of a notification. */
  seen: 'Seen',
  start: 'Start',
  menu: {
    orders: 'Orders',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    zoomIn: 'Larger',
    zoomOut: 'Smaller',
    zoomReset: 'Actual size',
    fullScreen: 'Full screen',
    window: 'Window',
    newWindow: 'New window',
    allStations: 'All orders',
    minimize: 'Minimise',
    close: 'Close window',
    about: 'About Ticketrail',
    hide: 'Hide Ticketrail',
    hideOthers: 'Hide others',
    showAll: 'Show all',
  },
};

export type ShellWords = typeof en;
