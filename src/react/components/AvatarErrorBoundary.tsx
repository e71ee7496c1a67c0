import { Component, type ErrorInfo, type ReactElement, type ReactNode } from 'react';
import { AvatarError } from '../../errors/AvatarError.js';
import { BoundaryContext } from '../BoundaryContext.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishConversation } from '../labels/ConversationLabels.js';
import { englishFailures } from '../labels/FailureLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { FailureCard } from '../parts/FailureCard.js';

export interface AvatarErrorBoundaryProps {
  readonly children?: ReactNode;
  /** Draws what takes the children's place. Default: what happened, what to do, and a button to try again. */
  readonly fallback?: (crash: { readonly error: unknown; readonly reset: () => void }) => ReactNode;
  /** The children are tried again when one of these changes. */
  readonly resetKeys?: readonly unknown[];
  /** For a log. */
  readonly onError?: (error: unknown, info: ErrorInfo) => void;
  /** Before the children are tried again. */
  readonly onReset?: () => void;
  readonly className?: string;
  /** Words that replace those of the provider, if there is one. */
  readonly labels?: AvatarLabelOverrides;
}

interface BoundaryState {
  readonly crash: { readonly error: unknown } | null;
}

/**
 * Keeps a crash of the components below it from taking the page along: an option that cannot be, a custom part that throws. What goes
 * wrong in a session is not one; that is state, and `Avatar` shows it. Works inside and outside of an `AvatarProvider`.
 *
 * @example
 * ```tsx
 * <AvatarErrorBoundary resetKeys={[avatarId]} onError={(error) => log(error)}>
 *   <Avatar grant="/api/avatar" />
 * </AvatarErrorBoundary>
 * ```
 */
// A class: React knows no other way to catch what is thrown while rendering.
export class AvatarErrorBoundary extends Component<AvatarErrorBoundaryProps, BoundaryState> {
  override state: BoundaryState = { crash: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { crash: { error } };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.props.onError?.(error, info);
  }

  override componentDidUpdate(previous: AvatarErrorBoundaryProps, before: BoundaryState): void {
    // Only a change after the crash: one in the same render is what it crashed of.
    if (this.state.crash !== null && before.crash !== null && changed(previous.resetKeys, this.props.resetKeys)) this.reset();
  }

  readonly reset = (): void => {
    this.props.onReset?.();
    this.setState({ crash: null });
  };

  readonly show = (error: unknown): void => this.setState({ crash: { error } });

  readonly handle = { show: this.show, reset: this.reset };

  override render(): ReactNode {
    const { children, fallback, className, labels } = this.props;
    const { crash } = this.state;
    const content = crash === null ? children : (fallback?.({ error: crash.error, reset: this.reset }) ?? <Crash error={crash.error} reset={this.reset} className={className} labels={labels} />);
    return <BoundaryContext.Provider value={this.handle}>{content}</BoundaryContext.Provider>;
  }
}

interface CrashProps {
  readonly error: unknown;
  readonly reset: () => void;
  readonly className: string | undefined;
  readonly labels: AvatarLabelOverrides | undefined;
}

function Crash({ error, reset, className = '', labels: overrides }: CrashProps): ReactElement {
  const { retry } = useWords(englishSession, overrides);
  const { crash, crashMessage } = useWords(englishConversation, overrides);
  const failures = useWords(englishFailures, overrides);
  const known = AvatarError.isInstance(error);
  return (
    <div className={`visavis-failure visavis-crash ${className}`.trim()} data-visavis="" data-slot="avatar-error-boundary" data-state="failed" data-reason={known ? error.reason : undefined}>
      {/* What any other error says was not written for people to read. */}
      <FailureCard title={crash} message={known ? failures.failureMessage[error.reason] : crashMessage} details={known ? error.message : ''} reason={known ? error.reason : ''} labels={failures}>
        <button type="button" className="visavis-button visavis-button-primary" onClick={reset}>
          {retry}
        </button>
      </FailureCard>
    </div>
  );
}

function changed(before: readonly unknown[] = [], after: readonly unknown[] = []): boolean {
  return before.length !== after.length || before.some((key, index) => !Object.is(key, after[index]));
}
