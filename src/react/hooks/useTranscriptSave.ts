import type { ComponentPropsWithoutRef } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishConversation } from '../labels/ConversationLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { formatTranscript, type TranscriptFormat } from '../transcript/formatTranscript.js';
import { saveFile } from '../transcript/saveFile.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface UseTranscriptSaveOptions {
  /** Default `text`. */
  readonly format?: TranscriptFormat;
  /** Without an ending. Default `transcript`. */
  readonly fileName?: string;
  readonly labels?: AvatarLabelOverrides;
}

export interface UseTranscriptSaveResult {
  /** False while nothing has been said. */
  readonly ready: boolean;
  readonly label: string;
  readonly save: () => void;
  readonly buttonProps: ComponentPropsWithoutRef<'button'>;
}

const FILES: Readonly<Record<TranscriptFormat, { readonly ending: string; readonly type: string }>> = {
  text: { ending: 'txt', type: 'text/plain' },
  json: { ending: 'json', type: 'application/json' },
  vtt: { ending: 'vtt', type: 'text/vtt' },
};

/**
 * Saves what has been said as a file on the user's device. For its content alone see `formatTranscript`.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { label, buttonProps } = useTranscriptSave({ format: 'vtt' });
 * return <button {...buttonProps}>{label}</button>;
 * ```
 */
export function useTranscriptSave({ format = 'text', fileName = 'transcript', labels: overrides }: UseTranscriptSaveOptions = {}): UseTranscriptSaveResult {
  const { session } = useAvatarContext();
  const { roles } = useWords(englishSession, overrides);
  const { transcriptSave } = useWords(englishConversation, overrides);
  const ready = useAvatarSession((view) => view.transcript.length > 0);
  const save = (): void => {
    const { ending, type } = FILES[format];
    saveFile(`${fileName}.${ending}`, formatTranscript(session.getSnapshot().transcript, format, { roles }), type);
  };
  return {
    ready,
    label: transcriptSave[format],
    save,
    buttonProps: {
      type: 'button',
      'aria-disabled': ready ? undefined : true,
      ...{ 'data-state': ready ? 'ready' : 'unavailable' },
      onClick() {
        if (ready) save();
      },
    },
  };
}
