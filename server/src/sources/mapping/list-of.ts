import { z } from 'zod';

/** A list without what is not an element: one that a service or a plugin broke must not cost the others. */
export const listOf = <T extends z.ZodType>(element: T) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((all) =>
      all.flatMap((one): z.output<T>[] => {
        const { success, data } = element.safeParse(one);
        return success ? [data] : [];
      }),
    );
