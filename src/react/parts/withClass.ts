/** The class of a component, and behind it the one that the application has given. */
export function withClass(own: string, given: string | undefined): string {
  return given === undefined ? own : `${own} ${given}`;
}
