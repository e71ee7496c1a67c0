import { AvatarError } from '../errors/AvatarError.js';
import { onGesture } from '../events/onGesture.js';
import type { AudioFrame } from './AudioStream.js';
import { closeContext } from './closeContext.js';
import { createReferenceInput, type ReferenceInput } from './createReferenceInput.js';
import { loadWorklet, type WorkletCode } from './loadWorklet.js';
import { openTrackReader, type TrackReader } from './openTrackReader.js';
import { readFrames } from './readFrames.js';
import type { VoiceSource } from './VoiceTap.js';

/** What a capture tells. */
export interface CaptureEvents {
  readonly onFrame: (frame: AudioFrame) => void;
  /** The system takes the sound away, as during a phone call, or gives it back. */
  readonly onInterrupt?: (interrupted: boolean) => void;
  /** Ports that {@link FrameCapture.voice} gave up to now have fallen silent; a new one brings the sound. */
  readonly onVoiceBreak?: () => void;
}

/** A stream on its way through the capture worklet. */
export interface FrameCapture {
  readonly track: MediaStreamTrack;
  /** What the frames carry beside the microphone. */
  readonly reference: Omit<ReferenceInput, 'stop'>;
  /** A port on which every frame comes straight from the audio thread. Anything but a buffer that is posted back ends it. */
  openPort(): MessagePort;
  /**
   * The same for whoever needs no reference: past the audio context where the browser can, which is sooner. Known a moment after the capture
   * runs, and for nobody to wait for; of a capture that was stopped before that it is never known.
   */
  readonly voice: Promise<VoiceSource>;
  readonly stop: () => void;
}

/**
 * Runs a stream's audio through the capture worklet. Owns the stream from here on: on failure and on `stop()` its tracks end.
 *
 * @throws AvatarError `microphone-missing`, `worklet-blocked`, `microphone-unsupported`
 */
export async function captureFrames(
  stream: MediaStream,
  code: WorkletCode,
  { onFrame, onInterrupt, onVoiceBreak }: CaptureEvents,
  // At the hardware's own rate: Firefox refuses to connect a microphone to a context of another rate.
  createContext: () => AudioContext = () => new AudioContext({ latencyHint: 'interactive' }),
): Promise<FrameCapture> {
  const undo: (() => void)[] = [() => stream.getTracks().forEach((track) => track.stop())];
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    for (const step of undo.splice(0).reverse()) step();
  };
  try {
    const track = stream.getAudioTracks()[0];
    if (!track) throw new AvatarError('microphone-missing', { message: 'The stream holds no audio track.' });

    const context = createContext();
    undo.push(() => closeContext(context));
    let reader: TrackReader | null = null;
    const reading = openTrackReader(track, code, () => {
      reader = null;
      onVoiceBreak?.();
    });
    undo.push(() => void reading.then((opened) => opened?.stop()));
    await loadWorklet(context, code);

    const source = context.createMediaStreamSource(stream);
    const node = new AudioWorkletNode(context, 'visavis-mic-capture', { numberOfInputs: 2, numberOfOutputs: 0 });
    undo.push(readFrames(node.port, onFrame));
    source.connect(node);
    undo.push(() => source.disconnect());
    const reference = createReferenceInput(context, (output) => output.connect(node, 0, 1));
    undo.push(reference.stop);

    // A context may be born suspended, and a phone call or a lost output device can suspend it later.
    const resume = () => {
      // Whoever hears nothing before the first gesture is not heard either.
      if (context.state === 'running') reader?.start();
      else if (context.state !== 'closed') void context.resume().catch(() => undefined);
    };
    context.addEventListener('statechange', resume);
    undo.push(() => context.removeEventListener('statechange', resume));
    if (onInterrupt) undo.push(watchInterruption(track, context, onInterrupt));
    // A page that starts by itself, with a microphone that was allowed earlier, may not run sound before the first gesture.
    undo.push(onGesture(resume));
    resume();
    const openPort = () => {
      const { port1, port2 } = new MessageChannel();
      node.port.postMessage(port1, [port1]);
      return port2;
    };
    const openVoicePort = () => (reader ? reader.openPort() : openPort());
    const voiceSource: VoiceSource = { openPort: openVoicePort, read: (listener) => readFrames(openVoicePort(), listener) };
    const voice = new Promise<VoiceSource>((resolve) => {
      void reading.then((opened) => {
        if (isStopped) return;
        reader = opened;
        resume();
        resolve(voiceSource);
      });
    });
    return { track, reference, openPort, voice, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** iOS interrupts the context and mutes the track during a call; other systems do the one or the other. */
function watchInterruption(track: MediaStreamTrack, context: AudioContext, onInterrupt: (interrupted: boolean) => void): () => void {
  let before = false;
  const look = () => {
    // `interrupted` is Safari's: the type of other browsers' states does not have it.
    const state: string = context.state;
    const now = track.muted || state === 'interrupted';
    if (now !== before) onInterrupt(now);
    before = now;
  };
  const watched = [[track, 'mute'], [track, 'unmute'], [context, 'statechange']] as const;
  for (const [target, type] of watched) target.addEventListener(type, look);
  look();
  return () => {
    for (const [target, type] of watched) target.removeEventListener(type, look);
  };
}
