/** Names of the two IPC channels of the bridge, and of the origin that may use them. No schemas here: preload bundles it. */
export const IPC_CALL = 'bridge:call';
export const IPC_PUSH = 'bridge:push';
export const SCREEN_SCHEME = 'app';
export const SCREEN_ORIGIN = 'app://bundle';
