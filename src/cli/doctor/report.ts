import type { Finding } from './finding.js';

const MARKS = { ok: 'ok  ', warn: 'warn', fail: 'FAIL', skip: '-   ' } as const;

/** What the command prints. */
export function report(findings: readonly Finding[], isJson: boolean): string {
  const counts = { ok: 0, warn: 0, fail: 0, skip: 0 };
  for (const { status } of findings) counts[status] += 1;
  if (isJson) return `${JSON.stringify({ ok: counts.fail === 0, counts, findings })}\n`;
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, status, message, fix }) => [
    `${MARKS[status]}  ${check.padEnd(width)}  ${message}`,
    ...(fix === undefined ? [] : [`      ${' '.repeat(width)}  -> ${fix}`]),
  ]);
  return `${lines.join('\n')}\n\n${counts.ok} ok, ${counts.warn} to look at, ${counts.fail} failed\n`;
}
