/** A list that may still be loading, may fail, and may come page by page. */
export interface ListSource<Item> {
  /** What has come so far; undefined before anything has. */
  readonly items: readonly Item[] | undefined;
  /** True while something is asked for: the list, or more of it. */
  readonly loading?: boolean;
  /** Why the last request failed; null when it did not. Its message is shown. */
  readonly error?: Error | null;
  /** True when there is more to ask for. */
  readonly hasMore?: boolean;
  readonly loadMore?: () => void;
  /** Asks again for what failed. */
  readonly retry?: () => void;
}
