import { describe, expect, test } from 'vitest';
import { downloadFailure } from './download-failure.ts';
import { windowFailure } from './window-failure.ts';

const caused = (message: string, code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });

describe('a failed download', () => {
  test.each([
    [caused('getaddrinfo ENOTFOUND github.com', 'ENOTFOUND'), 'HTTPS_PROXY'],
    [caused('', 'ECONNREFUSED'), 'does not answer'],
    [new Error('stalled'), 'does not answer'],
    [caused('unable to get local issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'NODE_EXTRA_CA_CERTS'],
    [caused('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN'), 'NODE_EXTRA_CA_CERTS'],
    [new Error('Response code 407 (Proxy Authentication Required) for x'), 'name:password'],
    [new Error('Response code 404 (Not Found) for x'), 'does not have this version'],
    [Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }), 'The disk is full.'],
    [Object.assign(new Error('mkdir'), { code: 'EACCES' }), 'cannot be written to'],
    [new Error('something else\n    at line 3'), 'something else'],
  ])('%s: says %s', (error, words) => {
    expect(downloadFailure(error)).toContain(words);
    expect(downloadFailure(error)).not.toContain('\n');
  });
});

describe('a window that did not come', () => {
  const say = (output: string | null) => windowFailure(output, '/opt/x/dist/electron', '/data/logs/display.log');

  test.each([
    [
      'FATAL:setuid_sandbox_host.cc(158)] The SUID sandbox helper binary was found, but is not configured correctly.',
      'sudo chmod 4755 /opt/x/dist/chrome-sandbox',
    ],
    [
      'FATAL:zygote_host_impl_linux.cc(127)] No usable sandbox! If you are running on Ubuntu 23.10+',
      'sudo chown root:',
    ],
    ['Running as root without --no-sandbox is not supported.', 'as another user'],
    [
      '/opt/x/dist/electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file',
      'Electron needs libgtk-3.so.0, which is not installed.',
    ],
    ['ERROR:ozone_platform_x11.cc(249)] Missing X server or $DISPLAY', 'no desktop'],
    ['Segmentation fault', '/data/logs/display.log'],
    [null, 'no window in time'],
  ])('%s: says %s', (output, words) => {
    expect(say(output)).toContain(words);
    expect(say(output)).not.toContain('\n');
  });
});
