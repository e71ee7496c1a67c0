import type { DetectorCommand, DetectorReport } from '../src/turn-taking/detector/detectorMessages.js';
import { serveTurnDetector } from '../src/turn-taking/detector/serveTurnDetector.js';

/** The part of a Worker's global scope that is used; TypeScript's DOM library has the window's in its place. */
const scope = globalThis as unknown as { // as said above
  onmessage: ((event: MessageEvent<DetectorCommand>) => void) | null;
  postMessage(message: DetectorReport, transfer: Transferable[]): void;
};

const service = serveTurnDetector((report, transfer = []) => scope.postMessage(report, transfer));
scope.onmessage = ({ data }) => service.receive(data);
