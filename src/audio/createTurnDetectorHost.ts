import { systemClock, type Clock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';
import { notify } from '../events/notify.js';
import type { DetectorCommand, DetectorReport } from '../turn-taking/detector/detectorMessages.js';
import type { SourceAddress } from '../turn-taking/detector/loadSource.js';
import type { LabelEvent, TurnDetectorEvent, TurnMode } from '../turn-taking/detector/TurnDetectorEvent.js';
import { checkedMode } from '../turn-taking/detector/checkedMode.js';
import { resolveTurnRules, type TurnRules } from '../turn-taking/detector/TurnDetectorOptions.js';
import { resolveVadProfile } from '../turn-taking/voice/resolveVadProfile.js';
import turnDetectorSource from '../../worklets/turn-detector.ts?worklet';
import type { AudioStream } from './AudioStream.js';
import { feedDetector } from './feedDetector.js';
import { openDetectorBeside } from './openDetectorBeside.js';
import { openDetectorWorker, type DetectorRunner } from './openDetectorWorker.js';

/** An event of the turn detector, all but the labels. */
export type TurnEvent = Exclude<TurnDetectorEvent, LabelEvent>;

export interface TurnDetectorHostOptions extends TurnRules {
  readonly microphone: AudioStream;
  /** Where the application serves `visavis/worklets/turn-detector.js`; needed where the CSP forbids `blob:` workers. */
  readonly workerUrl?: string;
  /** A better source of voice probability than the spectral one, which listens until this has loaded. */
  readonly source?: SourceAddress;
  /** Told why that source could not be had; the spectral one goes on. */
  readonly onSourceFailure?: (error: AvatarError) => void;
  readonly clock?: Clock;
}

/** A turn detector that listens to a microphone, off the main thread where the page allows it. */
export interface TurnDetectorHost {
  /** Starts. The microphone may be started before or later, and again. Idempotent. */
  start(): Promise<void>;
  /** Stops; what is being said is forgotten. Nothing is left open. Idempotent. */
  stop(): void;
  /** Where the detector runs; null while it does not. */
  readonly runsIn: 'worker' | 'main-thread' | null;
  setAvatarSpeaking(speaking: boolean): void;
  /** @throws AvatarError `invalid-options` */
  setMode(mode: TurnMode): void;
  setTalking(talking: boolean): void;
  confirmByTranscript(): void;
  /**
   * Hears every event but the labels, in order.
   * `noticedAtMs` is when the detector noticed, in milliseconds since 1970; the page may have been busy since.
   */
  subscribe(listener: (event: TurnEvent, noticedAtMs: number) => void): () => void;
  /**
   * Tells of cuts past the page: `listener` gets a port at once while it runs, and another one at every later start. On it comes, for each
   * cut, when it was noticed, in milliseconds since 1970. Whoever takes the port owns it. Absent where cuts are told to the page alone.
   * @returns ends the giving.
   */
  subscribeCuts?(listener: (port: MessagePort) => void): () => void;
  /** Hears what is known of every 10 ms, for meters. They cost nothing while nobody listens. */
  subscribeLabels(listener: (label: LabelEvent) => void): () => void;
}

/**
 * Makes a host. Frames go from the audio thread straight to a Worker, so that a page that is busy delays no decision. Where a Worker is
 * refused the same detector runs on the main thread.
 *
 * @throws AvatarError `invalid-options`
 */
export function createTurnDetectorHost(options: TurnDetectorHostOptions): TurnDetectorHost {
  const { microphone, workerUrl, source, onSourceFailure, clock = systemClock, ...rules } = options;
  // A mistake is told where it was made, and not by a Worker.
  resolveTurnRules(rules);
  resolveVadProfile(rules);
  const listeners = new Set<(event: TurnEvent, noticedAtMs: number) => void>();
  const labelListeners = new Set<(label: LabelEvent) => void>();
  const cutListeners = new Set<(port: MessagePort) => void>();
  // Raised by every start and stop: what an older start still brings is thrown away.
  let generation = 0;
  let starting: Promise<void> | null = null;
  let runner: DetectorRunner | null = null;
  let undo: (() => void)[] = [];
  let mode = rules.mode;
  let avatarSpeaking = false;
  let talking = false;

  const post = (command: DetectorCommand) => runner?.post(command);

  function onReport(report: DetectorReport): void {
    if (report.type === 'source-failed') onSourceFailure?.(new AvatarError(report.reason, { message: report.message }));
    if (report.type !== 'event') return;
    if (report.event.type === 'label') notify(labelListeners, report.event);
    else notify(listeners, report.event, report.noticedAtMs);
  }

  async function open(current: number): Promise<void> {
    const opening: DetectorCommand & { type: 'open' } = { type: 'open', rules: { ...rules, ...(mode && { mode }) }, source: source ? absolute(source) : null };
    const receive = (report: DetectorReport) => {
      if (current === generation) onReport(report);
    };
    const opened = await openDetectorWorker({ source: turnDetectorSource, url: workerUrl, open: opening, onReport: receive, clock }).catch((error: unknown) => {
      if (AvatarError.isInstance(error) && error.reason === 'worklet-blocked') return openDetectorBeside(opening, receive);
      throw error;
    });
    if (current !== generation) return opened.stop();
    runner = opened;
    // What was said while it was being opened.
    if (mode) post({ type: 'mode', mode });
    post({ type: 'avatar-speaking', speaking: avatarSpeaking });
    post({ type: 'talking', talking });
    post({ type: 'labels', wanted: labelListeners.size > 0 });
    for (const listener of cutListeners) giveCuts(listener);
    undo = [feedDetector(microphone, post)];
  }

  function giveCuts(listener: (port: MessagePort) => void): void {
    const { port1, port2 } = new MessageChannel();
    post({ type: 'cuts', port: port1 });
    listener(port2);
  }

  function release(): void {
    generation++;
    starting = null;
    for (const step of undo.splice(0)) step();
    runner?.stop();
    runner = null;
  }

  return {
    get runsIn() {
      return runner?.kind ?? null;
    },
    start() {
      if (!starting) {
        const current = ++generation;
        starting = open(current).catch((error: unknown) => {
          if (current !== generation) return;
          release();
          throw error;
        });
      }
      return starting;
    },
    stop: release,
    setAvatarSpeaking(speaking) {
      avatarSpeaking = speaking;
      post({ type: 'avatar-speaking', speaking });
    },
    setMode(next) {
      mode = checkedMode(next);
      post({ type: 'mode', mode: next });
    },
    setTalking(next) {
      talking = next;
      post({ type: 'talking', talking: next });
    },
    confirmByTranscript: () => post({ type: 'words' }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeCuts(listener) {
      if (runner) giveCuts(listener);
      cutListeners.add(listener);
      return () => cutListeners.delete(listener);
    },
    subscribeLabels(listener) {
      labelListeners.add(listener);
      post({ type: 'labels', wanted: true });
      return () => {
        labelListeners.delete(listener);
        post({ type: 'labels', wanted: labelListeners.size > 0 });
      };
    },
  };
}

/** In a Worker made from a Blob a relative address would have nothing to be relative to. */
function absolute(source: SourceAddress): SourceAddress {
  const resolve = (url: string) => new URL(url, document.baseURI).href;
  return source.name === 'silero'
    ? { ...source, runtimeUrl: resolve(source.runtimeUrl), modelUrl: resolve(source.modelUrl) }
    : { ...source, moduleUrl: resolve(source.moduleUrl), wasmUrl: resolve(source.wasmUrl) };
}
