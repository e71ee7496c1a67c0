import { afterEach, expect, it, vi } from 'vitest';
import type { DetectorReport } from '../../../../src/turn-taking/detector/detectorMessages.js';
import { serveTurnDetector } from '../../../../src/turn-taking/detector/serveTurnDetector.js';

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

it('tells other threads of a cut when it tells the page, each on its own port', async () => {
  const reports: DetectorReport[] = [];
  const told: number[][] = [[], []];
  const service = serveTurnDetector((report) => void reports.push(report));
  service.receive({ type: 'open', rules: { mode: 'push-to-talk' }, source: null });
  await vi.waitFor(() => expect(reports).toContainEqual({ type: 'ready' }));
  told.forEach((heard) => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    port2.onmessage = ({ data }: MessageEvent<number>) => heard.push(data);
    service.receive({ type: 'cuts', port: port1 });
  });
  service.receive({ type: 'avatar-speaking', speaking: true });
  service.receive({ type: 'talking', talking: true });
  const cut = reports.find((report) => report.type === 'event' && report.event.type === 'cut');
  expect(cut).toBeDefined();
  const noticedAtMs = cut?.type === 'event' ? cut.noticedAtMs : NaN;
  await vi.waitFor(() => expect(told).toEqual([[noticedAtMs], [noticedAtMs]]));
});
