import { forwardRef, useId, type ComponentPropsWithoutRef, type KeyboardEvent, type ReactNode } from 'react';
import { useConnectionStats, type UseConnectionStatsOptions, type UseConnectionStatsResult } from '../hooks/useConnectionStats.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishConversation } from '../labels/ConversationLabels.js';
import { useWords } from '../labels/useWords.js';
import { StatsList } from '../parts/StatsList.js';
import { useControllable } from '../useControllable.js';
import { withClass } from '../parts/withClass.js';

export interface ConnectionQualityProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'>, Pick<UseConnectionStatsOptions, 'intervalMs'> {
  /** Whether the numbers are seen, where the application keeps that. */
  readonly open?: boolean;
  readonly defaultOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Draws the numbers. Default: a list. */
  readonly children?: (connection: UseConnectionStatsResult) => ReactNode;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

/** At the other side of the button where it would not fit on the screen. */
function keepOnScreen(panel: HTMLDivElement | null): void {
  if (panel === null) return;
  const { left, right } = panel.getBoundingClientRect();
  if (left < 0 || right > panel.ownerDocument.documentElement.clientWidth) panel.dataset['side'] = 'end';
}

const BARS = [1, 2, 3, 4] as const;

/**
 * Bars that tell how well the connection carries, and the numbers behind them when pressed; Escape shuts them. Measures only while they
 * are seen. `data-state` is one of `unknown`, `good`, `fair`, `weak`, `lost`.
 *
 * @example
 * ```tsx
 * <ConnectionQuality />
 * ```
 */
export const ConnectionQuality = forwardRef<HTMLDivElement, ConnectionQualityProps>(function ConnectionQuality(
  { open: given, defaultOpen = false, onOpenChange, intervalMs = 2_000, children, labels: overrides, className, ...props },
  ref,
) {
  const labels = useWords(englishConversation, overrides);
  const [open, setOpen] = useControllable(given, defaultOpen, onOpenChange);
  const connection = useConnectionStats({ enabled: open, intervalMs });
  const panelId = useId();
  const { level, stats } = connection;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    props.onKeyDown?.(event);
    if (event.key !== 'Escape' || !open || event.defaultPrevented) return;
    // Not also what is around it.
    event.preventDefault();
    setOpen(false);
  };
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-quality', className)}
      data-visavis=""
      data-slot="connection-quality"
      data-state={level}
      onKeyDown={onKeyDown}
    >
      <button
        type="button"
        className="visavis-button visavis-button-plain"
        aria-label={`${labels.connection[level]}. ${labels.connectionDetails}`}
        title={labels.connection[level]}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className="visavis-quality-bars" aria-hidden="true">
          {BARS.map((bar) => (
            <span key={bar} className="visavis-quality-bar" />
          ))}
        </span>
      </button>
      {open && (
        <div id={panelId} ref={keepOnScreen} className="visavis-quality-panel" role="group" aria-label={labels.connectionDetails}>
          <div className="visavis-quality-title">{labels.connection[level]}</div>
          {children?.(connection) ?? <StatsList stats={stats} labels={labels} />}
        </div>
      )}
    </div>
  );
});
