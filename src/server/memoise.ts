/** Runs `make` at the first call and answers the same promise ever after: for factories, which cannot await. */
export function memoise<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => (made ??= make());
}
