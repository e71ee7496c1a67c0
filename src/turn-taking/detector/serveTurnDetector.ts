import { MIC_FRAME_BYTES, MIC_FRAME_MS, micFrame } from '../../dsp/micFrame.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { spectralUntil } from '../voice/spectralUntil.js';
import { createTurnDetector, type TurnDetector } from './createTurnDetector.js';
import type { DetectorCommand, DetectorReport } from './detectorMessages.js';
import { loadSource } from './loadSource.js';
import type { TurnDetectorEvent } from './TurnDetectorEvent.js';

/** A turn detector that is spoken to in messages: it runs in a Worker or beside the page, and does the same in both. */
export interface DetectorService {
  receive(command: DetectorCommand): void;
}

/**
 * Makes a service that waits for `open`.
 *
 * @param post takes what it has to tell. The label of an event is valid only during the call.
 */
export function serveTurnDetector(post: (report: DetectorReport, transfer?: ArrayBuffer[]) => void): DetectorService {
  let detector: TurnDetector | null = null;
  let frames: MessagePort | null = null;
  let labelsWanted = false;
  const cutPorts: MessagePort[] = [];
  let closed = false;
  /** What came while the detector was being made. */
  let waiting: DetectorCommand[] = [];

  function tell(event: TurnDetectorEvent): void {
    if (event.type === 'label' && !labelsWanted) return;
    // The one clock that a Worker and its page have in common.
    const noticedAtMs = performance.timeOrigin + performance.now();
    if (event.type === 'cut') for (const port of cutPorts) port.postMessage(noticedAtMs);
    const report: DetectorReport = { type: 'event', event, noticedAtMs };
    if ('samples' in event) post(report, [event.samples.buffer]);
    else post(report);
  }

  async function open({ rules, source }: DetectorCommand & { type: 'open' }): Promise<void> {
    try {
      const onFailure = ({ reason, message }: AvatarError) => post({ type: 'source-failed', reason, message });
      const created = await createTurnDetector({ ...rules, ...(source && { source: spectralUntil(loadSource(source), { onFailure }) }) }, tell);
      if (closed) return created.close();
      detector = created;
      for (const command of waiting.splice(0)) obey(command, created);
      post({ type: 'ready' });
    } catch (cause) {
      const { reason, message } = AvatarError.isInstance(cause) ? cause : { reason: 'not-ready' as const, message: String(cause) };
      post({ type: 'failed', reason, message });
    }
  }

  function listen(port: MessagePort): void {
    leave();
    frames = port;
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      if (data.byteLength !== MIC_FRAME_BYTES) return;
      const { counters, samples, reference } = micFrame(data);
      const sequence = counters[0] ?? 0;
      detector?.push({ samples, reference, sequence, timeMs: sequence * MIC_FRAME_MS });
      port.postMessage(data, [data]);
    };
  }

  function leave(): void {
    if (!frames) return;
    frames.onmessage = null;
    frames.postMessage('done');
    frames.close();
    frames = null;
  }

  function obey(command: DetectorCommand, target: TurnDetector): void {
    switch (command.type) {
      case 'avatar-speaking':
        return target.setAvatarSpeaking(command.speaking);
      case 'mode':
        return target.setMode(command.mode);
      case 'talking':
        return target.setTalking(command.talking);
      case 'words':
        return target.confirmByTranscript();
      case 'flush':
        return target.flush();
    }
  }

  return {
    receive(command) {
      if (closed) return;
      switch (command.type) {
        case 'open':
          return void open(command);
        case 'frames':
          return listen(command.port);
        case 'cuts':
          return void cutPorts.push(command.port);
        case 'labels':
          labelsWanted = command.wanted;
          return;
        case 'close':
          closed = true;
          waiting = [];
          leave();
          for (const port of cutPorts.splice(0)) port.close();
          detector?.close();
          return post({ type: 'closed' });
        default:
          if (detector) obey(command, detector);
          else waiting = [...waiting, command];
      }
    },
  };
}
