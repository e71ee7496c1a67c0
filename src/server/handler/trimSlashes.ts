/** A path without the slashes at its end. By hand, since a pattern for that takes quadratic time for a path of slashes alone. */
export function trimSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
