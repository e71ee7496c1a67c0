import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { TranscriptEntry } from '../../session/transcript.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface UseTranscriptResult {
  /** What both sides have said, oldest first. */
  readonly entries: readonly TranscriptEntry[];
  /** Attach it to the element that scrolls: it stays at the newest entry until the reader scrolls up. */
  readonly ref: RefObject<HTMLDivElement | null>;
  /** False while the reader looks at something older. */
  readonly following: boolean;
  /** Goes to the newest entry and stays there. */
  readonly follow: () => void;
}

/** Nearer to the end than this counts as at the end: zoomed pages scroll by fractions of a pixel. */
const SLACK_PX = 8;

/**
 * What has been said in the nearest session, and a list that keeps up with it.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { entries, ref } = useTranscript();
 * return <div ref={ref} style={{ overflow: 'auto' }}>{entries.map(({ id, text }) => <p key={id}>{text}</p>)}</div>;
 * ```
 */
export function useTranscript(): UseTranscriptResult {
  const entries = useAvatarSession((view) => view.transcript);
  const ref = useRef<HTMLDivElement>(null);
  /** Where the list was last known to be. */
  const top = useRef(0);
  const [following, setFollowing] = useState(true);

  const toEnd = useCallback(() => {
    const list = ref.current;
    if (list === null) return;
    list.scrollTop = list.scrollHeight;
    // At once: the browser tells of it a frame later, when a reader may have gone on from here.
    top.current = list.scrollTop;
  }, []);

  useEffect(() => {
    const list = ref.current;
    if (list === null) return;
    const onScroll = (): void => {
      const rest = list.scrollHeight - list.clientHeight - list.scrollTop;
      if (rest <= SLACK_PX) setFollowing(true);
      // Only a reader goes up. Going down short of the end is this hook, overtaken by new text.
      else if (list.scrollTop < top.current) setFollowing(false);
      top.current = list.scrollTop;
    };
    list.addEventListener('scroll', onScroll, { passive: true });
    return () => list.removeEventListener('scroll', onScroll);
  }, []);

  useEffect(() => {
    if (following) toEnd();
  }, [entries, following, toEnd]);

  const follow = useCallback(() => {
    setFollowing(true);
    toEnd();
  }, [toEnd]);

  return { entries, ref, following, follow };
}
