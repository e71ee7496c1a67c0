/** As the request's own signal, but aborted with an `AbortError`: some platforms give a text for the reason, which no `catch` knows. */
export function normaliseSignal({ signal }: Request): AbortSignal {
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', () => controller.abort(), { once: true });
  return controller.signal;
}
