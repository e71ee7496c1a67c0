import { readCount, readList, readObject, type Fields } from './readFields.js';

/** One page of a list. */
export interface CataloguePage<Item> {
  readonly items: readonly Item[];
  /** How many there are on all pages; null when the vendor does not say. */
  readonly total: number | null;
  /** From 1. */
  readonly page: number;
  /** Items on a full page. */
  readonly size: number;
}

/** Which part of a list is wanted. */
export interface PageQuery {
  /** From 1, at most 1,000. Default 1. */
  readonly page?: number;
  /** Items on a page, 1 to 100. Default 50. */
  readonly size?: number;
}

/** Reads a page that came from the server. @throws AvatarError `request-failed` */
export function parsePage<Item>(value: unknown, readItem: (fields: Fields) => Item): CataloguePage<Item> {
  const fields = readObject(value, 'the page');
  return {
    items: readList(fields, 'items', readItem),
    total: (fields['total'] ?? null) === null ? null : readCount(fields, 'total'),
    page: readCount(fields, 'page'),
    size: readCount(fields, 'size'),
  };
}

/**
 * The number of the page after this one; null when this is the last.
 *
 * Where the vendor does not say how many there are, a page that is full is taken to have one after it.
 */
export function nextPageOf({ items, total, page, size }: CataloguePage<unknown>): number | null {
  // An empty page ends the list whatever `total` says, or a wrong total would be asked for without end.
  if (items.length === 0) return null;
  return (total === null ? items.length >= size : page * size < total) ? page + 1 : null;
}
