import { beforeAll, describe, expect, it } from 'vitest';
import { foreignCases, type ForeignScript } from './foreignCases.js';
import type { ForeignReport } from './ForeignReport.js';

/** Turns each listed case of a foreign program into a test; one that the program never came to has failed. */
export function describeForeign(script: ForeignScript, run: () => Promise<ForeignReport>): void {
  describe(script, () => {
    let report: ForeignReport;
    beforeAll(async () => {
      report = await run();
    }, 120_000);

    for (const { check, section, title } of foreignCases[script]) {
      it(`${section}: ${title}`, () => {
        expect(report.lines.get(check) ?? { check, ok: false, detail: report.failure ?? 'was never checked' }).toEqual({ check, ok: true });
      });
    }

    it('comes to its end, with no check that is not listed', () => {
      expect(report.failure).toBeNull();
      expect([...report.lines.keys()].sort()).toEqual(foreignCases[script].map(({ check }) => check).sort());
    });
  });
}
