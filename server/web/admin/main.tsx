import { startPage } from '../managing/start-page.tsx';
import { AdminPage } from './admin-page.tsx';
import { signedInAs } from './signed-in-as.ts';

await startPage(<AdminPage role={signedInAs(document)} />);
