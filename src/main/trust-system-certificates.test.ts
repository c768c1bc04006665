import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

/** Made for this test, for 127.0.0.1, valid from 2020 to 2120. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJ/lIO3LlS7JpKmkD
mcWTBgGgySnT2/Z++7Rj1ri9w+uhRANCAAQ9zctOCEI3ffyrY+E31U8wdV5FX60Z
iifMHBrRANoVEn0FXExpcIelo7ePW1msVR6aKQNLxj0fbKDn9DoB2OPY
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBZzCCAQygAwIBAgIBATAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5UZXN0IGF1
dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGTEXMBUG
A1UEAwwOVGVzdCBhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ9
zctOCEI3ffyrY+E31U8wdV5FX60ZiifMHBrRANoVEn0FXExpcIelo7ePW1msVR6a
KQNLxj0fbKDn9DoB2OPYo0MwQTAPBgNVHREECDAGhwR/AAABMA8GA1UdEwEB/wQF
MAMBAf8wHQYDVR0OBBYEFIiz9fs2PiQ+qxjVZMhqT6GZoKPHMAoGCCqGSM49BAMC
A0kAMEYCIQD4TtOnBm+BDhkTF/AgsrXVInIx/dGu9SYa+pYSsJkd5AIhAOQU+0Hz
lQD4EVcxR+ES7HbMdPQH961SHw2LMjaGAIRP
-----END CERTIFICATE-----`;

/** Whether Node's two clients reach a server whose authority only the system trusts, in another process. */
async function reached(trust: boolean): Promise<unknown> {
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (_, response) => void response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const file = join(mkdtempSync(join(tmpdir(), 'authority-')), 'authority.pem');
  writeFileSync(file, CERTIFICATE);
  const script = `
    import { connect } from 'node:tls';
    import { trustSystemCertificates } from '${pathToFileURL(join(import.meta.dirname, 'trust-system-certificates.ts'))}';
    if (${trust}) trustSystemCertificates();
    const byFetch = await fetch('https://127.0.0.1:${port}').then(() => 'ok', ({ cause }) => cause.code);
    const bySocket = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: ${port} }, () => resolve('ok'));
      socket.on('error', ({ code }) => resolve(code));
    });
    console.log(JSON.stringify([byFetch, bySocket]));
    process.exit();`;
  const args = ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script];
  // Where OpenSSL, and Node, read the system's authorities on Linux.
  const child = spawn(process.execPath, args, { env: { ...process.env, SSL_CERT_FILE: file } });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(output);
}

test.runIf(process.platform === 'linux')('an authority that the system trusts is trusted too', async () => {
  expect(await reached(false)).toEqual(['DEPTH_ZERO_SELF_SIGNED_CERT', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
  expect(await reached(true)).toEqual(['ok', 'ok']);
});
