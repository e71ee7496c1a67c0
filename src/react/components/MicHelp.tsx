import { forwardRef, useId, type ComponentPropsWithoutRef, type MouseEvent, type ReactNode } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishDevices } from '../labels/DeviceLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useMicHelp, type UseMicHelpOptions, type UseMicHelpResult } from '../hooks/useMicHelp.js';
import { Button } from '../parts/Button.js';
import { MicrophoneIcon } from '../parts/icons.js';
import { withClass } from '../parts/withClass.js';

export interface MicHelpProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'>, UseMicHelpOptions {
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
  /** Draws the help in the place of the built-in one. Called only while something is wrong. */
  readonly children?: (help: UseMicHelpResult) => ReactNode;
}

/**
 * Tells a user whose microphone does not work what to do, step by step, in the words of the browser and the system at hand: blocked
 * for the site or by the system, an insecure page, a frame without `allow="microphone"`, no device, or one in use. Renders nothing
 * while nothing is wrong, and tries again by itself once the microphone is allowed in the browser's settings. `data-state` is the
 * trouble.
 *
 * @example
 * ```tsx
 * <MicHelp />
 * ```
 */
export const MicHelp = forwardRef<HTMLDivElement, MicHelpProps>(function MicHelp({ labels: overrides, children, trouble: given, platform: where, className, ...props }, ref) {
  const labels = useWords(englishDevices, overrides);
  const { retry: retryLabel } = useWords(englishSession, overrides);
  const { focus } = useAvatarContext();
  const help = useMicHelp({ trouble: given, platform: where });
  const titleId = useId();
  const { trouble, steps, platform, canRetry, isRetrying, retry } = help;
  if (trouble === null) return null;
  if (children) return <>{children(help)}</>;

  const onClick = (event: MouseEvent<HTMLElement>): void => {
    focus.offer(event.currentTarget);
    if (!isRetrying) retry();
  };
  return (
    <div
      role="group"
      aria-labelledby={titleId}
      {...props}
      ref={ref}
      className={withClass('visavis-help', className)}
      data-visavis=""
      data-slot="mic-help"
      data-state={trouble}
    >
      <div id={titleId} className="visavis-help-title" role="status">
        <MicrophoneIcon off />
        <span>{labels.micHelpTitle[trouble]}</span>
      </div>
      <ol className="visavis-help-steps">
        {steps.map((step) => {
          const words = labels.micHelpStep[step];
          return <li key={step}>{typeof words === 'string' ? words : words(platform?.browserName ?? '')}</li>;
        })}
      </ol>
      {steps.includes('openOwnTab') && (
        <a data-visavis="" className="visavis-button visavis-button-plain" href="" target="_blank" rel="noreferrer">
          {labels.openOwnTab}
        </a>
      )}
      {canRetry && (
        <Button
          own={{ 'aria-disabled': isRetrying ? true : undefined, 'aria-busy': isRetrying ? true : undefined, ...{ 'data-state': isRetrying ? 'busy' : 'ready' }, onClick, children: retryLabel }}
          slot="mic-retry"
          look="plain"
        />
      )}
    </div>
  );
});
