/**
 * Loaded into children by `--import`. The parent closes the channel to stop a child, or by dying. The child then shuts down
 * cleanly, instead of holding its port and databases for ever. Calls the signal's listeners directly, because a signal cannot
 * be caught on Windows. The channel must not keep a child alive.
 */
process.once('disconnect', () => process.emit('SIGTERM', 'SIGTERM') || process.exit());
process.channel?.unref();
