/** URL path of a browser's socket to the display program. A separate file, so that pages need not import schemas. */
export const BRIDGE_PATH = '/bridge';
