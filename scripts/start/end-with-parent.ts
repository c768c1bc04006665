/**
 * Loaded into children by `--import`: one whose parent is gone, even by kill -9, ends itself in the orderly way instead
 * of holding its port and its databases for ever. The channel is the one `stdio: 'ipc'` opens; it must not keep a child
 * alive that is done.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
