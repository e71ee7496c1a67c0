/** Counts how many of the latest flags are false. */
export interface FlagWindow {
  /** Among the latest, as many as the window holds. */
  readonly falses: number;
  push(flag: boolean): void;
  clear(): void;
}

/** Makes an empty window. It counts as it goes: a frame costs no more for a longer one. */
export function createFlagWindow(capacity: number): FlagWindow {
  const flags = new Uint8Array(capacity);
  let length = 0;
  let next = 0;
  let falses = 0;

  return {
    get falses() {
      return falses;
    },
    push(flag) {
      if (capacity === 0) return;
      if (length < capacity) length++;
      else if (flags[next] === 0) falses--;
      flags[next] = flag ? 1 : 0;
      if (!flag) falses++;
      next = next + 1 === capacity ? 0 : next + 1;
    },
    clear() {
      length = 0;
      next = 0;
      falses = 0;
    },
  };
}
