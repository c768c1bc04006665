import { pageState } from '../managing/page-state.ts';
import { startPage } from '../managing/start-page.tsx';
import { AdminPage } from './admin-page.tsx';
import type { ManagingRole } from './role.tsx';

const { role = null } = pageState<{ role: ManagingRole | null }>(document);
await startPage(<AdminPage role={role} />);
