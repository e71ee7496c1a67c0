import type { DevtoolsTurn } from './createTurnTimeline.js';

/** A bar of the waterfall. */
export type TurnSpanName = 'speech' | 'sent' | 'reply' | 'heard' | 'picture' | 'silence';

export interface TurnSpan {
  readonly name: TurnSpanName;
  /** Milliseconds from the end of the user's speech, negative before it. */
  readonly startMs: number;
  readonly endMs: number;
  /** What the figure is called by: time since the end of speech, or how long it lasted. Milliseconds. */
  readonly valueMs: number;
}

/** How much of the user's own speech is drawn: it may be minutes. */
const MAX_SPEECH_MS = 1_500;

/** The bars of a turn, each from where the one before ended; what has not happened, or cannot be seen, has none. */
export function turnSpans({ metrics, speechMs, interruptedAtMs }: DevtoolsTurn): readonly TurnSpan[] {
  const { turnSentMs, replyAudioMs, heardMs, videoFrameMs, interruptToSilenceMs } = metrics;
  const spans: TurnSpan[] = [];
  if (speechMs !== null) spans.push({ name: 'speech', startMs: -Math.min(speechMs, MAX_SPEECH_MS), endMs: 0, valueMs: speechMs });
  let fromMs = 0;
  const step = (name: TurnSpanName, untilMs: number | null): void => {
    if (untilMs === null) return;
    spans.push({ name, startMs: Math.min(fromMs, untilMs), endMs: untilMs, valueMs: untilMs });
    fromMs = Math.max(fromMs, untilMs);
  };
  step('sent', turnSentMs);
  step('reply', replyAudioMs);
  step('heard', heardMs);
  step('picture', videoFrameMs);
  if (interruptToSilenceMs !== null) {
    const startMs = Math.max(interruptedAtMs ?? fromMs, 0);
    spans.push({ name: 'silence', startMs, endMs: startMs + interruptToSilenceMs, valueMs: interruptToSilenceMs });
  }
  return spans;
}
