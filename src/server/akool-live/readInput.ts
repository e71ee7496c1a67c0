import type { z } from 'zod';
import { AvatarError } from '../../errors/AvatarError.js';
import { readShape } from '../../shapes/readShape.js';

/**
 * Checks what the application wants to send before the vendor charges for it.
 *
 * @throws AvatarError `invalid-options`, naming the field and never its value.
 */
export function readInput<Value>(schema: z.ZodType<Value>, input: unknown, what: string): Value {
  const parsed = readShape(schema, input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new AvatarError('invalid-options', {
    message: `${what}${field === '' ? '' : `: ${field}`} is not valid: ${issue?.message ?? 'see the documentation'}.`,
    context: { field },
  });
}
