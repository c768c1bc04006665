import { createContext, useContext } from 'react';
import type { ManagingRole } from './signed-in-as.ts';

const RoleContext = createContext<ManagingRole>('manager');
export const RoleProvider = RoleContext.Provider;
/** Only an admin makes shops and managers. */
export const useIsAdmin = (): boolean => useContext(RoleContext) === 'admin';
