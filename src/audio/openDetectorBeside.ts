import { createDeferred } from '../clock/createDeferred.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { DetectorCommand, DetectorReport } from '../turn-taking/detector/detectorMessages.js';
import { serveTurnDetector } from '../turn-taking/detector/serveTurnDetector.js';
import type { DetectorRunner } from './openDetectorWorker.js';

/** Runs the detector on the main thread, where there can be no Worker. @throws AvatarError the detector's own reasons. */
export async function openDetectorBeside(open: DetectorCommand & { readonly type: 'open' }, onReport: (report: DetectorReport) => void): Promise<DetectorRunner> {
  const ready = createDeferred();
  const service = serveTurnDetector((report) => {
    if (report.type === 'ready') ready.resolve();
    else if (report.type === 'failed') ready.reject(new AvatarError(report.reason, { message: report.message }));
    // A Worker's events are copies, theirs to keep; so are these.
    else if (report.type !== 'closed') onReport(report.type === 'event' && report.event.type === 'label' ? { ...report, event: { ...report.event } } : report);
  });
  service.receive(open);
  await ready.promise;
  return { kind: 'main-thread', post: service.receive, stop: () => service.receive({ type: 'close' }) };
}
