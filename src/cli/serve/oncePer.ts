/** At most one call in that time; for what would otherwise fill a log. */
export function oncePer<Arguments extends unknown[]>(intervalMs: number, task: (...given: Arguments) => void): (...given: Arguments) => void {
  let lastAt = -Infinity;
  return (...given) => {
    if (performance.now() - lastAt < intervalMs) return;
    lastAt = performance.now();
    task(...given);
  };
}
