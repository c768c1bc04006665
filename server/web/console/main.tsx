import { startPage } from '../managing/start-page.tsx';
import { ConsolePage } from './console-page.tsx';
import { givenToken } from './given-token.ts';

await startPage(<ConsolePage given={givenToken(location, history)} />);
