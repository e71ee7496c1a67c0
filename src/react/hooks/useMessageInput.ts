import { useRef, useState, type ComponentPropsWithoutRef, type FormEvent, type KeyboardEvent } from 'react';
import { AvatarError } from '../../errors/AvatarError.js';
import { useAvatarContext } from '../AvatarContext.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishConversation } from '../labels/ConversationLabels.js';
import { useWords } from '../labels/useWords.js';
import { useControllable } from '../useControllable.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface UseMessageInputOptions {
  /** What stands in the field, where the application keeps it. */
  readonly value?: string;
  /** What stands in it at first. */
  readonly defaultValue?: string;
  readonly onValueChange?: (value: string) => void;
  /** After a message has been taken by the service. */
  readonly onSend?: (text: string) => void;
  readonly labels?: AvatarLabelOverrides;
}

/** `unavailable`: nobody takes text. `waiting`: not live yet; it can be written, not sent. `failed`: not sent, and still in the field. */
export type MessageInputState = 'unavailable' | 'waiting' | 'ready' | 'sending' | 'failed';

export interface UseMessageInputResult {
  readonly state: MessageInputState;
  readonly value: string;
  readonly setValue: (value: string) => void;
  /** Why it cannot be sent, or what went wrong; null when there is nothing to say. */
  readonly notice: string | null;
  /** What the service said when it refused. */
  readonly error: AvatarError | null;
  /** Sends what stands in the field. Never rejects. */
  readonly send: () => Promise<void>;
  readonly formProps: ComponentPropsWithoutRef<'form'>;
  /** Enter sends, Shift+Enter makes a new line, and Enter that chooses a character of an input method does neither. */
  readonly fieldProps: ComponentPropsWithoutRef<'textarea'>;
  readonly buttonProps: ComponentPropsWithoutRef<'button'>;
}

/**
 * A field to write to the assistant. The text stays in the field until the service has taken it.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { notice, formProps, fieldProps, buttonProps } = useMessageInput();
 * return <form {...formProps}><textarea {...fieldProps} /><button {...buttonProps}>Send</button>{notice}</form>;
 * ```
 */
export function useMessageInput({ value: given, defaultValue = '', onValueChange, onSend, labels: overrides }: UseMessageInputOptions = {}): UseMessageInputResult {
  const { session } = useAvatarContext();
  const labels = useWords(englishConversation, overrides);
  const { live, sendText } = useAvatarSession((view) => ({ live: view.status === 'live', sendText: view.sendText }));
  const [value, setValue] = useControllable(given, defaultValue, onValueChange);
  const [outcome, setOutcome] = useState<'none' | 'sending' | 'failed'>('none');
  const [error, setError] = useState<AvatarError | null>(null);
  const sending = useRef(false);

  const state: MessageInputState = !session.takesText ? 'unavailable' : outcome === 'sending' ? 'sending' : outcome === 'failed' ? 'failed' : live ? 'ready' : 'waiting';
  const text = value.trim();
  const canSend = session.takesText && live && outcome !== 'sending' && text !== '';

  async function send(): Promise<void> {
    // Two keystrokes may come before a render.
    if (!canSend || sending.current) return;
    sending.current = true;
    setOutcome('sending');
    setError(null);
    try {
      await sendText(text);
      setValue('');
      setOutcome('none');
      onSend?.(text);
    } catch (cause) {
      setOutcome('failed');
      setError(AvatarError.isInstance(cause) ? cause : null);
    } finally {
      sending.current = false;
    }
  }

  function change(next: string): void {
    if (outcome === 'sending') return;
    setValue(next);
    setOutcome('none');
    setError(null);
  }

  return {
    state,
    value,
    setValue: change,
    notice: { unavailable: labels.messageUnavailable, waiting: text === '' ? null : labels.messageWaits, ready: null, sending: null, failed: labels.messageFailed }[state],
    error,
    send,
    formProps: {
      onSubmit(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        void send();
      },
    },
    fieldProps: {
      value,
      'aria-label': labels.message,
      placeholder: labels.messagePlaceholder,
      rows: 1,
      // Not disabled while it is sent: the keyboard's focus would be lost.
      readOnly: outcome === 'sending',
      disabled: state === 'unavailable',
      'aria-invalid': state === 'failed' ? true : undefined,
      onChange: (event) => change(event.currentTarget.value),
      onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
        // Safari ends a composition before the key that ended it, and gives it this code.
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        void send();
      },
    },
    buttonProps: { type: 'submit', 'aria-disabled': canSend ? undefined : true, 'aria-busy': outcome === 'sending' ? true : undefined, ...{ 'data-state': outcome === 'sending' ? 'busy' : canSend ? 'ready' : 'unavailable' } },
  };
}
