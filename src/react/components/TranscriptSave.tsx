import { forwardRef } from 'react';
import { useTranscriptSave, type UseTranscriptSaveOptions } from '../hooks/useTranscriptSave.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { DownloadIcon } from '../parts/icons.js';

export interface TranscriptSaveProps extends ButtonProps, Pick<UseTranscriptSaveOptions, 'format' | 'fileName'> {}

/**
 * Saves what has been said as a file: plain text, JSON, or WebVTT captions.
 *
 * @example
 * ```tsx
 * <TranscriptSave format="vtt" fileName="interview" />
 * ```
 */
export const TranscriptSave = forwardRef<HTMLButtonElement, TranscriptSaveProps>(function TranscriptSave({ format = 'text', fileName = 'transcript', labels, children, ...props }, ref) {
  const { label, buttonProps } = useTranscriptSave({ format, fileName, labels });
  return (
    <Button {...props} own={buttonProps} slot="transcript-save" look="plain" ref={ref}>
      {children ?? (
        <>
          <DownloadIcon />
          {label}
        </>
      )}
    </Button>
  );
});
