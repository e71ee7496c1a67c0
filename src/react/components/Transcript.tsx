import { forwardRef, type ComponentPropsWithoutRef, type ReactElement, type ReactNode } from 'react';
import type { TranscriptEntry } from '../../session/transcript.js';
import { useTranscript } from '../hooks/useTranscript.js';
import { DownIcon } from '../parts/icons.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession, type SessionLabels } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { withClass } from '../parts/withClass.js';

export interface TranscriptProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** Draws one entry's text. Default: its words, and struck through what of a reply that was cut short was not heard. */
  readonly children?: (entry: TranscriptEntry) => ReactNode;
  /** What is seen before anything has been said. Default: a sentence that says so. */
  readonly empty?: ReactNode;
  /**
   * How a screen reader is told of what was said: `polite` (default) once it is final; `off` where it would talk over the
   * assistant's own voice and the reader looks it up instead.
   */
  readonly live?: 'polite' | 'off';
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

/**
 * What the user and the assistant have said. Text that may still change is dimmed; a reply that was cut short is marked, and what
 * of it was not heard is struck through, where the service knows that. Stays at the newest entry until the reader scrolls up. As tall as its text, at most 20rem
 * (`--visavis-transcript-size`).
 *
 * @example
 * ```tsx
 * <AvatarProvider grant="/api/avatar" voice={dve({ assistantId: 'host' })}>
 *   <Avatar />
 *   <Transcript />
 * </AvatarProvider>
 * ```
 */
export const Transcript = forwardRef<HTMLDivElement, TranscriptProps>(function Transcript({ empty, live = 'polite', labels: overrides, children, className, ...props }, given) {
  const labels = useWords(englishSession, overrides);
  const { entries, ref, following, follow } = useTranscript();
  const returnToEnd = (): void => {
    follow();
    // The button vanishes; without this the keyboard's focus would go to the top of the page.
    ref.current?.focus({ preventScroll: true });
  };
  return (
    <div
      {...props}
      ref={given}
      className={withClass('visavis-transcript', className)}
      data-visavis=""
      data-slot="transcript"
      data-following={following}
    >
      {/* Focusable, since a keyboard has to be able to scroll it. */}
      <div ref={ref} className="visavis-transcript-list" role="log" aria-label={labels.transcript} aria-live={live} tabIndex={0}>
        {entries.length === 0 && <div className="visavis-transcript-empty">{empty ?? labels.transcriptEmpty}</div>}
        {/* Another key once final: an entry is announced when it comes into the log, and while it changes it is not yet there. */}
        {entries.map((entry) => (
          <Entry key={`${entry.id}${entry.final ? '' : ' partial'}`} entry={entry} labels={labels} draw={children} />
        ))}
      </div>
      {!following && (
        <button type="button" className="visavis-transcript-latest" onClick={returnToEnd}>
          <DownIcon />
          {labels.transcriptLatest}
        </button>
      )}
    </div>
  );
});

interface EntryProps {
  readonly entry: TranscriptEntry;
  readonly labels: SessionLabels;
  readonly draw: TranscriptProps['children'];
}

function Entry({ entry, labels, draw }: EntryProps): ReactElement {
  const { role, text, unheard = '', final, interrupted } = entry;
  return (
    <div className="visavis-transcript-entry" data-role={role} data-final={final} data-interrupted={interrupted} aria-live={final ? undefined : 'off'}>
      <div className="visavis-transcript-role">{labels.roles[role]}</div>
      <div className="visavis-transcript-text">
        {/* Each side speaks its own language, which need not be the page's. The bubble around it keeps to the page. */}
        <div className="visavis-transcript-words" dir="auto">
          {draw?.(entry) ?? (
            <>
              {text}
              {unheard !== '' && (
                <s className="visavis-transcript-unheard">
                  <span className="visavis-hidden"> {labels.unheard} </span>
                  {unheard}
                </s>
              )}
            </>
          )}
        </div>
      </div>
      {interrupted && <div className="visavis-transcript-mark">{labels.interrupted}</div>}
    </div>
  );
}
