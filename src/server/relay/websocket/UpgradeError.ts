/** A WebSocket could not be opened. Says nothing of the peer's own words, which could hold anything. */
export class UpgradeError extends Error {
  override readonly name = 'UpgradeError';
  /** The status of a plain HTTP answer; null when there was none. */
  readonly status: number | null;

  constructor(status: number | null) {
    super('The WebSocket could not be opened.');
    this.status = status;
  }
}
