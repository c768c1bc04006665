import { useState } from 'react';
import type { Store } from '#contract/store.ts';
import { createApi } from '../managing/api.ts';
import { connect } from '../managing/connect.ts';
import { followStores } from '../managing/follow-stores.ts';
import { createLiveStore } from '../managing/live-store.ts';
import { type Page, PageProvider } from '../managing/page.tsx';
import { SignIn, type SignInProblem } from '../managing/sign-in.tsx';
import { type ConsoleLogStore, createConsoleLog, logEvent } from './console-log.ts';
import { Workbench } from './workbench.tsx';

/** Beyond a reload of this tab the token is not kept. */
const KEPT = 'ticketrail-console-token';

/** `/console`: signs in by a manager's token, and then shows what it can do. */
export function ConsolePage({ given }: { given: string }) {
  const [kept] = useState(() => sessionStorage.getItem(KEPT));
  const [session, setSession] = useState<Session | null>(() => (kept ? start(kept, () => signOut()) : null));

  function signOut(): void {
    sessionStorage.removeItem(KEPT);
    setSession((open) => {
      open?.page.follower.stop();
      return null;
    });
  }
  async function signIn(token: string): Promise<SignInProblem | null> {
    const problem = await problemOf(token);
    if (problem) return problem;
    sessionStorage.setItem(KEPT, token);
    setSession(start(token, signOut));
    return null;
  }

  if (!session) return <SignIn hint="signIn.hint.console" initial={given} onSubmit={signIn} />;
  return (
    <PageProvider value={session.page}>
      <Workbench log={session.log} />
    </PageProvider>
  );
}

interface Session {
  page: Page;
  log: ConsoleLogStore;
}

function start(token: string, signOut: () => void): Session {
  const live = createLiveStore();
  const log = createConsoleLog();
  const api = createApi({
    base: location.href,
    token: () => token,
    onRefused: signOut,
    onServerTime: (at) => live.setState({ clockAhead: at - Date.now() }),
  });
  const follower = followStores({
    live,
    api,
    connect: (listeners) =>
      connect(location.href, token, {
        ...listeners,
        onUp() {
          logEvent(log, 'up', null);
          listeners.onUp();
        },
        onDown() {
          logEvent(log, 'down', null);
          listeners.onDown();
        },
      }),
    onEvent: (name, payload) => logEvent(log, name, payload),
  });
  return { page: { api, live, follower, signOut }, log };
}

/** Whether the token is that of a manager (or an admin): only they may list devices. */
async function problemOf(token: string): Promise<SignInProblem | null> {
  const api = createApi({ base: location.href, token: () => token });
  const stores = await api<{ stores: Store[] }>('GET', '/stores');
  const store = stores.ok ? stores.value.stores[0] : undefined;
  const answer = stores.ok && store ? await api('GET', `/stores/${store.id}/devices`) : stores;
  if (answer.ok) return null;
  if (answer.error.code === 'unauthorized') return 'signIn.wrong';
  if (answer.error.code === 'forbidden') return 'signIn.role';
  return answer.error.code === 'rate_limited' ? 'error.too_many' : 'error.away';
}
