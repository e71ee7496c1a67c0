import { z } from 'zod';
import { readShape } from '../../shapes/readShape.js';

/** One page of a list. */
export interface AkoolPage<Item> {
  readonly items: readonly Item[];
  /** How many there are on all pages; null when the vendor does not say. */
  readonly total: number | null;
}

/** Which page, from 1, and how many on it, at most 100. */
export interface AkoolPageInput {
  readonly page?: number;
  readonly size?: number;
}

export const pageInput = z.object({
  page: z.int().min(1).optional(),
  size: z.int().min(1).max(100).optional(),
});

/** A number that may come as a text. */
const count = z.coerce.number().int().nonnegative();
export const optionalText = z.string().nullish().transform((value) => (value === undefined || value === '' ? null : value));
export const texts = z.array(z.string()).nullish().transform((value) => value ?? []);

/** `data` of an answer. */
export function answerOf<Output>(data: z.ZodType<Output>) {
  return z.object({ data }).transform((body) => body.data);
}

/** An answer whose data is of no interest. */
export const anyAnswer = z.unknown().transform(() => undefined);

/** A list under any of the names that the vendor's documents give it; an item that cannot be read is left out. */
export function pageAnswer<Item>(item: z.ZodType<Item>) {
  const items = z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry) => {
      const parsed = readShape(item, entry);
      return parsed.success ? [parsed.data] : [];
    }),
  );
  const bare = items.transform((list): AkoolPage<Item> => ({ items: list, total: null }));
  const named = z
    .object({ count: count.nullish(), result: items.optional(), data: items.optional(), knowledge_list: items.optional() })
    .transform((data, context): AkoolPage<Item> => {
      const list = data.result ?? data.data ?? data.knowledge_list;
      if (list) return { items: list, total: data.count ?? null };
      context.addIssue({ code: 'custom', message: 'no list' });
      return z.NEVER;
    });
  return answerOf(z.union([bare, named]));
}
