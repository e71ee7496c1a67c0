/** What one check found. */
export interface Finding {
  /** What was looked at, such as `clock`. */
  readonly check: string;
  /** `warn`: it works, but not as it should; `skip`: there was nothing to look at. */
  readonly status: 'ok' | 'warn' | 'fail' | 'skip';
  /** One line. */
  readonly message: string;
  /** One line that says what to do; for warnings and failures. */
  readonly fix?: string;
}

/** Findings of one check. */
export interface Findings {
  ok(message: string): Finding;
  skip(message: string): Finding;
  warn(message: string, fix: string): Finding;
  fail(message: string, fix: string): Finding;
}

export function findingsOf(check: string): Findings {
  return {
    ok: (message) => ({ check, status: 'ok', message }),
    skip: (message) => ({ check, status: 'skip', message }),
    warn: (message, fix) => ({ check, status: 'warn', message, fix }),
    fail: (message, fix) => ({ check, status: 'fail', message, fix }),
  };
}
