import type { IncomingMessage } from 'node:http';

/** What a request line asks for. */
export interface RequestTarget {
  /** As it was written, without decoding. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Takes a request's target apart. Never throws, unlike a URL parser, which finds no host in `//`. */
export function readTarget({ url = '/' }: IncomingMessage): RequestTarget {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: new URLSearchParams() } : { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}
