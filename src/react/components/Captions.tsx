import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import type { TranscriptEntry } from '../../session/transcript.js';
import { useCaptions, type UseCaptionsOptions } from '../hooks/useCaptions.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { withClass } from '../parts/withClass.js';

export interface CaptionsProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'>, UseCaptionsOptions {
  /** Draws one side's words. Default: the words, and before the user's who said them. */
  readonly children?: (entry: TranscriptEntry) => ReactNode;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

/**
 * The last words over the picture, of both sides or one: by default while the sound is blocked or its volume is 0. Nothing is
 * announced, since whoever uses a screen reader hears the assistant, or reads the `Transcript`, which announces. Lies over its nearest
 * positioned ancestor.
 *
 * @example
 * ```tsx
 * <AvatarVideo><Captions speaker="assistant" open /></AvatarVideo>
 * ```
 */
export const Captions = forwardRef<HTMLDivElement, CaptionsProps>(function Captions(
  { speaker, open: given, defaultOpen, onOpenChange, lingerMs, children, labels: overrides, className, ...props },
  ref,
) {
  const labels = useWords(englishSession, overrides);
  const { open, entries } = useCaptions({ speaker, open: given, defaultOpen, onOpenChange, lingerMs });
  if (!open) return null;
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-captions', className)}
      data-visavis=""
      data-slot="captions"
      data-state={entries.length > 0 ? 'words' : 'quiet'}
      role="group"
      aria-label={labels.captions}
    >
      {entries.map((entry) => (
        <div key={entry.id} className="visavis-caption" data-role={entry.role} data-final={entry.final}>
          {children?.(entry) ?? (
            <div className="visavis-caption-words" dir="auto">
              {entry.role === 'user' && <span className="visavis-caption-role">{labels.roles.user}: </span>}
              {entry.text}
              {entry.interrupted && ' —'}
            </div>
          )}
        </div>
      ))}
    </div>
  );
});
