import { createDepartures, type Departures } from './createDepartures.js';

/** By document, since what must not overlap is what a page holds; where there is none, by the global object. */
const lists = new WeakMap<object, Departures>();

/** The list that the sessions of this page share: a session knows nothing of the one that takes its place. */
export function pageDepartures(): Departures {
  const page: object = typeof document === 'undefined' ? globalThis : document;
  const list = lists.get(page) ?? createDepartures();
  lists.set(page, list);
  return list;
}
