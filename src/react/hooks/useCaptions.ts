import { useCallback, useEffect, useState } from 'react';
import { systemClock } from '../../clock/clock.js';
import type { TranscriptEntry } from '../../session/transcript.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useLatest } from '../useLatest.js';
import { useAvatarSession } from './useAvatarSession.js';
import { useStoreValue } from './useStoreValue.js';

export interface UseCaptionsOptions {
  /** Whose words. Default `both`. */
  readonly speaker?: TranscriptEntry['role'] | 'both';
  /** Whether they are shown. Default: as the user chose with a `CaptionsToggle`, else as `defaultOpen`. `null`: while the sound is blocked, or its volume is 0. */
  readonly open?: boolean | null;
  /** Whether they are shown until the user chooses. `null`, the default: while the sound is blocked, or its volume is 0. */
  readonly defaultOpen?: boolean | null;
  readonly onOpenChange?: (open: boolean | null) => void;
  /** How long the last words stay when nobody says more. Milliseconds, default 8,000. */
  readonly lingerMs?: number;
}

export interface UseCaptionsResult {
  readonly open: boolean;
  /** The user's choice, for all captions of the provider that are not controlled. `null` leaves it to the sound. */
  readonly setOpen: (open: boolean | null) => void;
  /** What to show: nothing, or the last words of one or of both, oldest first. */
  readonly entries: readonly TranscriptEntry[];
}

/**
 * The last words of a conversation, for whoever cannot hear them.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { entries } = useCaptions({ speaker: 'assistant', open: true });
 * return <p>{entries.map(({ text }) => text).join(' ')}</p>;
 * ```
 */
export function useCaptions({ speaker = 'both', open: given, defaultOpen = null, onOpenChange, lingerMs = 8_000 }: UseCaptionsOptions = {}): UseCaptionsResult {
  const { captions } = useAvatarContext();
  const chosen = useStoreValue(captions, null);
  const wish = given === undefined ? (chosen ?? defaultOpen) : given;
  const latest = useLatest({ given, wish, onOpenChange });
  const setOpen = useCallback(
    (next: boolean | null) => {
      if (latest.current.given === undefined) captions.set(next);
      if (next !== latest.current.wish) latest.current.onOpenChange?.(next);
    },
    [captions, latest],
  );
  const silent = useAvatarSession((view) => view.sound === 'blocked' || view.volume === 0);
  const connected = useAvatarSession((view) => view.status === 'live' || view.status === 'reconnecting');
  // Identical entries keep their identity, so this renders only for words that are shown.
  const last = useAvatarSession((view) => lastWords(view.transcript, speaker));
  const [past, setPast] = useState<readonly TranscriptEntry[] | null>(null);
  const open = connected && (wish ?? silent);
  const resting = last.length > 0 && last.every(({ final }) => final);

  useEffect(() => {
    if (open && resting) return systemClock.schedule(() => setPast(last), lingerMs);
  }, [open, resting, last, lingerMs]);

  return { open, setOpen, entries: open && last !== past ? last : [] };
}

/** The latest words, and those before if they were the other side's: a question stays while it is answered. */
function lastWords(transcript: readonly TranscriptEntry[], speaker: NonNullable<UseCaptionsOptions['speaker']>): readonly TranscriptEntry[] {
  const words = transcript.filter(({ role, text }) => (speaker === 'both' || role === speaker) && text !== '');
  const [before, latest] = words.slice(-2);
  if (before === undefined || latest === undefined) return words.slice(-1);
  return before.role === latest.role ? [latest] : [before, latest];
}
