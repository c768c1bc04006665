/** Where a browser's socket to the display program lives. Its own file, so that the page needs no schemas to know it. */
export const BRIDGE_PATH = '/bridge';
