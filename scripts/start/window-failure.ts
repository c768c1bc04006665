import { dirname, join } from 'node:path';

/**
 * Why Electron has shown no window, from what it wrote, and what to do about it: one line for a person. Electron writes the
 * first message in `sandbox/linux/suid/client/setuid_sandbox_host.cc` and `zygote_host_impl_linux.cc`, the others in
 * `electron_main_delegate.cc`, `ozone_platform_x11.cc` and the dynamic linker.
 *
 * @param output what it wrote, null: nothing happened in time
 * @param electron the path of its binary
 */
export function windowFailure(output: string | null, electron: string, logFile: string): string {
  const log = `What it said is in ${logFile}`;
  if (output === null) return `Electron has opened no window in time. ${log}`;
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(output)?.[1];
  if (library) return `Electron needs ${library}, which is not installed.`;
  if (/as root without --no-sandbox/.test(output)) return 'Electron does not run as root. Start it as another user.';
  if (/SUID sandbox helper|No usable sandbox/.test(output)) {
    const helper = join(dirname(electron), 'chrome-sandbox');
    return `This system does not let Electron confine its pages. Allow it once: sudo chown root: ${helper} && sudo chmod 4755 ${helper}`;
  }
  if (/Missing X server|platform failed to initialize|cannot open display/i.test(output))
    return 'Electron found no desktop to open a window on.';
  return `Electron did not start. ${log}`;
}
