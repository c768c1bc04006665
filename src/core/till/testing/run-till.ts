import { startRealDisplay } from '#test/support/real-display.ts';

/** A program with a display whose computer is a printer; a test kills it. Its folder is the argument. */
await startRealDisplay(null, process.argv[2]);
console.log('display ready');
