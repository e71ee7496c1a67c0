import { forwardRef, useState, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import { useSessionTimer, type UseSessionTimerOptions, type UseSessionTimerResult } from '../hooks/useSessionTimer.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishConversation } from '../labels/ConversationLabels.js';
import { useWords } from '../labels/useWords.js';
import { withClass } from '../parts/withClass.js';

export interface SessionTimerProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'>, UseSessionTimerOptions {
  /** `left` shows nothing where the server sets no limit; `auto` (default) shows the time left where it does, and the time gone elsewhere. */
  readonly show?: 'auto' | 'left' | 'elapsed';
  /** Draws the time. Default: such as `4:59`. */
  readonly children?: (time: UseSessionTimerResult) => ReactNode;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

/**
 * How long a live session can go on, or has gone on. A minute before the end (`warnBeforeMs`) it turns to `data-state` `ending` and says
 * so once. Renders nothing while there is no conversation.
 *
 * @example
 * ```tsx
 * <SessionTimer warnBeforeMs={30_000} />
 * ```
 */
export const SessionTimer = forwardRef<HTMLDivElement, SessionTimerProps>(function SessionTimer(
  { show = 'auto', warnBeforeMs = 60_000, children, labels: overrides, className, ...props },
  ref,
) {
  const labels = useWords(englishConversation, overrides);
  const timer = useSessionTimer({ warnBeforeMs });
  const { state, elapsedMs, leftMs } = timer;
  const [warnedMs, setWarnedMs] = useState<number | null>(null);
  // The words of the moment when the warning began: said once, they do not count down.
  if (state === 'ending' && warnedMs === null) setWarnedMs(leftMs);
  if (state !== 'ending' && warnedMs !== null) setWarnedMs(null);

  if (state === 'idle' || (show === 'left' && leftMs === null)) return null;
  const counted = show !== 'elapsed' && leftMs !== null ? leftMs : elapsedMs;
  const time = formatTime(counted);
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-timer', className)}
      data-visavis=""
      data-slot="session-timer"
      data-state={state}
    >
      <span role="timer" aria-label={counted === leftMs ? labels.timeLeft(time) : labels.timeElapsed(time)}>
        {children?.(timer) ?? time}
      </span>
      <span className="visavis-hidden" aria-live="polite">
        {warnedMs !== null && labels.endsSoon(Math.round(warnedMs / 1000))}
      </span>
    </div>
  );
});

/** `4:05`, and `1:04:05` from an hour on. */
function formatTime(timeMs: number): string {
  const seconds = Math.round(timeMs / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
