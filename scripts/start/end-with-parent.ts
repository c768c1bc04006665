/**
 * Loaded into children by `--import`: when the channel to the parent closes, because it wants this one to end or because
 * it was killed, the child ends in the orderly way, instead of holding its port and its databases for ever. The signal's
 * listeners are called directly: on Windows a signal cannot be caught. The channel must not keep a child alive.
 */
process.once('disconnect', () => process.emit('SIGTERM', 'SIGTERM') || process.exit());
process.channel?.unref();
