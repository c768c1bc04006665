import { z } from 'zod';

/** A ZIP archive and its file name. */
export const Diagnosis = z.object({ name: z.string(), base64: z.base64() });
export type Diagnosis = z.infer<typeof Diagnosis>;
