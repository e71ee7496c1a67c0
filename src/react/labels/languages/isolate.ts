/** A name inside a text of the other direction, such as “Chrome” in Arabic: it neither moves what is around it nor is moved. */
export function isolate(name: string): string {
  // First strong isolate, pop directional isolate.
  return `\u2068${name}\u2069`;
}
