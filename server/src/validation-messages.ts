import type { z } from 'zod';

const KINDS: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'text',
};

/** zod's issues as phrases that follow a field's name: `currency must be given`. A schema's own message wins. */
export const validationMessages: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'must be given';
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must ${sized(issue.origin)} at least ${issue.minimum}`;
    case 'too_big':
      return `must ${sized(issue.origin)} at most ${issue.maximum}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
    case 'invalid_format':
      return issue.format === 'datetime' ? 'must be a time with its zone, such as 2026-11-21T10:00:00Z' : undefined;
    default:
      return undefined;
  }
};

/** Lists and texts have a length; numbers are one. */
const sized = (origin: string): string => (origin === 'array' || origin === 'string' ? 'have' : 'be');
