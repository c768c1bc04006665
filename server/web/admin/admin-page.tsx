import { useEffect, useState } from 'react';
import { createApi } from '../managing/api.ts';
import { connect } from '../managing/connect.ts';
import { followStores } from '../managing/follow-stores.ts';
import { createLiveStore } from '../managing/live-store.ts';
import { type Page, PageProvider } from '../managing/page.tsx';
import { SignIn, type SignInProblem } from '../managing/sign-in.tsx';
import { Desk } from './desk.tsx';
import { type ManagingRole, RoleProvider } from './role.tsx';

/** `/admin`: signs in for a session (a cookie that no script can read), and then shows the shops. */
export function AdminPage({ role }: { role: ManagingRole | null }) {
  const [page, setPage] = useState<Page | null>(null);
  useEffect(() => {
    if (role === null) return undefined;
    const started = startFollowing();
    setPage(started);
    return () => started.follower.stop();
  }, [role]);

  if (role === null) return <SignIn hint="signIn.hint.admin" onSubmit={signIn} />;
  if (!page) return null;
  return (
    <RoleProvider value={role}>
      <PageProvider value={page}>
        <Desk />
      </PageProvider>
    </RoleProvider>
  );
}

/** The page that comes then knows who is signed in. */
async function signIn(token: string): Promise<SignInProblem | null> {
  const answer = await createApi({ base: location.href })('POST', '/session', { token });
  if (answer.ok) {
    location.reload();
    return null;
  }
  const { code } = answer.error;
  if (code === 'unauthorized' || code === 'invalid_request') return 'signIn.wrong';
  if (code === 'forbidden') return 'signIn.role';
  return code === 'rate_limited' ? 'error.too_many' : 'error.away';
}

function startFollowing(): Page {
  // The session has ended, or its token was revoked: the page that comes asks for one.
  const onRefused = () => location.reload();
  const live = createLiveStore();
  const api = createApi({
    base: location.href,
    onRefused,
    onServerTime: (at) => live.setState({ clockAhead: at - Date.now() }),
  });
  const follower = followStores({
    live,
    api,
    connect: (listeners) => connect(location.href, null, listeners),
  });
  const signOut = async () => {
    await api('DELETE', '/session');
    location.reload();
  };
  return { api, live, follower, signOut: () => void signOut() };
}
