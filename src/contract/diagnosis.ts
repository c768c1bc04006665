import { z } from 'zod';

/** One ZIP archive, to be saved under this name. */
export const Diagnosis = z.object({ name: z.string(), base64: z.base64() });
export type Diagnosis = z.infer<typeof Diagnosis>;
