import { createContext, useContext } from 'react';

export type ManagingRole = 'admin' | 'manager';

const RoleContext = createContext<ManagingRole>('manager');
export const RoleProvider = RoleContext.Provider;
/** Only an admin makes shops and managers. */
export const useIsAdmin = (): boolean => useContext(RoleContext) === 'admin';
