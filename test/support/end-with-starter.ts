import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Reads lines `+ PID` and `- PID`, and kills those that are left when its input ends: the process that writes it has ended then,
 * however that happened. Some lead a process group, others are in the group of their starter.
 */
const WATCH = `
pids=' '
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
for pid in $pids; do kill -s KILL -- "-$pid" || kill -s KILL "$pid"; done`;

let watcher: NodeJS.WritableStream | null = null;

/** One shell for all programs of this process, in a session that a signal to this process's group does not reach. */
function startWatcher(): NodeJS.WritableStream {
  const shell = spawn('sh', ['-c', WATCH], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const { stdin } = shell;
  // Without a shell, programs only end as their starter tells them to.
  for (const part of [shell, stdin]) part.on('error', () => {});
  shell.unref();
  (stdin as Socket).unref();
  return stdin;
}

/**
 * Kills a program when this process has ended, even by SIGKILL; with its process group, if it leads one. Needs the shell of a POSIX
 * system, and does nothing elsewhere.
 */
export function endWithStarter(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined || process.platform === 'win32') return;
  watcher ??= startWatcher();
  const input = watcher;
  input.write(`+ ${pid}\n`);
  child.once('exit', () => input.write(`- ${pid}\n`));
}
