import type { ServerLedger } from '../ledger/ledger.js';
import type { ServerMetrics } from '../metrics/ServerMetrics.js';

/** The same ledger, its failures counted. */
export function countLedgerFailures(ledger: ServerLedger, metrics: ServerMetrics): ServerLedger {
  const counted =
    <Arguments extends readonly unknown[], Answer>(call: (...given: Arguments) => Promise<Answer>) =>
    async (...given: Arguments): Promise<Answer> => {
      try {
        return await call(...given);
      } catch (error) {
        metrics.count('ledgerFailures', {});
        throw error;
      }
    };
  const { liveSessions, vendorSessions } = ledger;
  return {
    spendTicket: counted((...given) => ledger.spendTicket(...given)),
    reserveNode: counted((...given) => ledger.reserveNode(...given)),
    releaseNode: counted((...given) => ledger.releaseNode(...given)),
    reportNode: counted((...given) => ledger.reportNode(...given)),
    readNodes: counted((...given) => ledger.readNodes(...given)),
    endSession: counted((...given) => ledger.endSession(...given)),
    isSessionEnded: counted((...given) => ledger.isSessionEnded(...given)),
    takeSeat: counted((...given) => ledger.takeSeat(...given)),
    holdsSeat: counted((...given) => ledger.holdsSeat(...given)),
    consume: counted((...given) => ledger.consume(...given)),
    check: counted(() => ledger.check()),
    liveSessions: {
      open: counted((...given) => liveSessions.open(...given)),
      extend: counted((...given) => liveSessions.extend(...given)),
      close: counted((...given) => liveSessions.close(...given)),
      list: counted((...given) => liveSessions.list(...given)),
      countAll: counted(() => liveSessions.countAll()),
    },
    vendorSessions: {
      note: counted((...given) => vendorSessions.note(...given)),
      putOff: counted((...given) => vendorSessions.putOff(...given)),
      claim: counted((...given) => vendorSessions.claim(...given)),
      drop: counted((...given) => vendorSessions.drop(...given)),
      find: counted((...given) => vendorSessions.find(...given)),
      listDue: counted((...given) => vendorSessions.listDue(...given)),
    },
    shared: ledger.shared,
  };
}
