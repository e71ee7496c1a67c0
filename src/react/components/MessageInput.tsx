import { forwardRef, useId, useRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import { useMessageInput, type UseMessageInputOptions, type UseMessageInputResult } from '../hooks/useMessageInput.js';
import { englishConversation } from '../labels/ConversationLabels.js';
import { useWords } from '../labels/useWords.js';
import { Button } from '../parts/Button.js';
import { SendIcon } from '../parts/icons.js';
import { withClass } from '../parts/withClass.js';

export interface MessageInputProps extends Omit<ComponentPropsWithoutRef<'form'>, 'children' | 'onSubmit' | 'defaultValue'>, UseMessageInputOptions {
  /** Draws what is in the form. Default: a field that grows with its text, and a button. */
  readonly children?: (input: UseMessageInputResult) => ReactNode;
}

/**
 * A field to write to the assistant. Enter sends, Shift+Enter makes a new line. What could not be sent stays in the field. In a session
 * that takes no text it is disabled and says so. `data-state` is one of `unavailable`, `waiting`, `ready`, `sending`, `failed`.
 *
 * @example
 * ```tsx
 * <MessageInput onSend={(text) => log(text)} />
 * ```
 */
export const MessageInput = forwardRef<HTMLFormElement, MessageInputProps>(function MessageInput(
  { value, defaultValue, onValueChange, onSend, labels: overrides, children, className, ...props },
  ref,
) {
  const labels = useWords(englishConversation, overrides);
  const noticeId = useId();
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const input = useMessageInput({ value, defaultValue, onValueChange, onSend, labels: overrides });
  const { state, notice, formProps, fieldProps, buttonProps } = input;
  return (
    <form {...props} {...formProps} ref={ref} className={withClass('visavis-message', className)} data-visavis="" data-slot="message-input" data-state={state}>
      {children?.(input) ?? (
        <div className="visavis-message-line">
          <textarea {...fieldProps} ref={fieldRef} className="visavis-message-field" aria-describedby={notice === null ? undefined : noticeId} />
          <Button
            // A click writes on: the focus stays in the field.
            own={{ ...buttonProps, 'aria-label': labels.send, title: labels.send, onClick: () => fieldRef.current?.focus() }}
            slot="message-send"
            look="primary"
          >
            {state !== 'sending' && <SendIcon />}
          </Button>
        </div>
      )}
      {/* Always there: what comes together with its words is not announced. */}
      <div id={noticeId} className="visavis-message-notice" aria-live="polite">
        {notice}
      </div>
    </form>
  );
});
