import type { z } from 'zod';

/** What is wrong with a value; no issue where even that could not be found out. */
export interface ShapeError {
  readonly issues: readonly z.core.$ZodIssue[];
}

export type ReadShape<Output> =
  | { readonly success: true; readonly data: Output; readonly error?: never }
  | { readonly success: false; readonly data?: never; readonly error: ShapeError };

/**
 * Holds a value from outside against a schema. Never throws.
 *
 * zod's own `safeParse` does, although it should not: a check of a length asks whatever has a member `length`, text or not, and to
 * compare `{"length":{"toString":null}}` with a number is a TypeError. Where that happens there is no issue to name.
 */
export function readShape<Schema extends z.ZodType>(schema: Schema, value: unknown): ReadShape<z.output<Schema>> {
  try {
    return schema.safeParse(value);
  } catch {
    return { success: false, error: { issues: [] } };
  }
}
