import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Makes Node's `fetch` and sockets trust the system's certificate authorities too, as the system's browsers do. Otherwise they trust
 * only Mozilla's, and a server with a certificate of the shop's own authority is refused.
 *
 * @throws when the system has a certificate that Node cannot parse
 */
export function trustSystemCertificates(): void {
  setDefaultCACertificates([...getCACertificates('default'), ...getCACertificates('system')]);
}
