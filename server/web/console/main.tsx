import { pageState } from '../managing/page-state.ts';
import { startPage } from '../managing/start-page.tsx';
import { ConsolePage } from './console-page.tsx';

const { token = '' } = pageState<{ token: string }>(document);
await startPage(<ConsolePage given={token} />);
