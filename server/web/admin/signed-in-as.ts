export type ManagingRole = 'admin' | 'manager';

/** Who is signed in, as the server wrote it into the page; null: nobody. */
export function signedInAs(document: Document): ManagingRole | null {
  const { role } = JSON.parse(document.getElementById('state')?.textContent ?? '{}') as { role?: ManagingRole };
  return role ?? null;
}
