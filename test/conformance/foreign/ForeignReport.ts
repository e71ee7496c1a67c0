/** What one check of a foreign program found. */
export interface ForeignLine {
  readonly check: string;
  readonly ok: boolean;
  /** What was wrong. */
  readonly detail?: string;
}

/** All that a foreign program, and a conversation with it, found. */
export interface ForeignReport {
  readonly lines: ReadonlyMap<string, ForeignLine>;
  /** Why the program did not come to its end by itself; null when it did. */
  readonly failure: string | null;
}

/** A report that is being made. */
export interface ReportBuilder {
  /** Adds a line of the foreign program. */
  add(line: ForeignLine): void;
  /** Adds what our own side of a conversation has to show: ok unless it throws. */
  check(name: string, test: () => unknown): Promise<void>;
  finish(failure: string | null): ForeignReport;
}

export function createReport(): ReportBuilder {
  const lines = new Map<string, ForeignLine>();

  function add(line: ForeignLine): void {
    const earlier = lines.get(line.check);
    // One that failed once has failed.
    if (!earlier || earlier.ok) lines.set(line.check, line);
  }

  return {
    add,
    async check(name, test) {
      try {
        await test();
        add({ check: name, ok: true });
      } catch (error) {
        add({ check: name, ok: false, detail: error instanceof Error ? error.message : String(error) });
      }
    },
    finish: (failure) => ({ lines, failure }),
  };
}
