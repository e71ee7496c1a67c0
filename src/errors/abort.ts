/** True for the rejection that an `AbortSignal` causes. An abort is a wish, not an error. */
export function isAbort(value: unknown): boolean {
  return value instanceof Error && value.name === 'AbortError';
}

/** The reason of an aborted signal, or a plain `AbortError`. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('The operation was aborted.', 'AbortError');
}
