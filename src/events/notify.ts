/** Calls every listener. One that throws does not keep the others from hearing: its error is reported to the page. */
export function notify<Values extends readonly unknown[]>(listeners: Iterable<(...values: Values) => void>, ...values: Values): void {
  // A copy: a listener may remove itself, or add another, which is not meant yet.
  for (const listener of [...listeners]) {
    try {
      listener(...values);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
