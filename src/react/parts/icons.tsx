import type { ReactElement, ReactNode } from 'react';

function Icon({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <svg className="visavis-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export function MicrophoneIcon({ off }: { readonly off: boolean }): ReactElement {
  return (
    <Icon>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
      {off && <path className="visavis-icon-strike" d="M4 4l16 16" />}
    </Icon>
  );
}

export function CaptionsIcon({ off }: { readonly off: boolean }): ReactElement {
  return (
    <Icon>
      <rect x="3" y="5" width="18" height="14" rx="3" />
      <path d="M7 11h4M14 11h3M7 15h2M12 15h5" />
      {off && <path className="visavis-icon-strike" d="M4 4l16 16" />}
    </Icon>
  );
}

export function InterruptIcon(): ReactElement {
  return (
    <Icon>
      <path d="M7 14.5V7.2a1.4 1.4 0 0 1 2.8 0V12M9.8 11.5V4.9a1.4 1.4 0 0 1 2.8 0V11.5M12.6 11.5V6.1a1.4 1.4 0 0 1 2.8 0V12M15.4 12V8.6a1.4 1.4 0 0 1 2.8 0v6.2a6.2 6.2 0 0 1-6.2 6.2c-2.3 0-3.9-1-5.1-2.9L4.5 14.2a1.4 1.4 0 0 1 2.3-1.6L8.6 15" />
    </Icon>
  );
}

export function EndIcon(): ReactElement {
  return (
    <Icon>
      <path d="M6.5 6.5l11 11M17.5 6.5l-11 11" />
    </Icon>
  );
}

export function SoundIcon(): ReactElement {
  return (
    <Icon>
      <path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />
    </Icon>
  );
}

export function AlertIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7.5v5.5M12 16.4v.1" />
    </Icon>
  );
}

export function DownIcon(): ReactElement {
  return (
    <Icon>
      <path d="M12 5v14M6 13l6 6 6-6" />
    </Icon>
  );
}

export function PictureInPictureIcon(): ReactElement {
  return (
    <Icon>
      <path d="M20 10V6.5A1.5 1.5 0 0 0 18.5 5h-13A1.5 1.5 0 0 0 4 6.5v10A1.5 1.5 0 0 0 5.5 18H10M13.5 13.5h7v5.5h-7z" />
    </Icon>
  );
}

export function SendIcon(): ReactElement {
  return (
    <Icon>
      <path d="M12 19V6M6 11.5L12 5.5l6 6" />
    </Icon>
  );
}

export function DownloadIcon(): ReactElement {
  return (
    <Icon>
      <path d="M12 4v11M7 10.5l5 5 5-5M5 19.5h14" />
    </Icon>
  );
}

export function MinimizeIcon(): ReactElement {
  return (
    <Icon>
      <path d="M6 9.5l6 6 6-6" />
    </Icon>
  );
}

export function MoveIcon(): ReactElement {
  return (
    <Icon>
      <path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" strokeWidth="2.8" />
    </Icon>
  );
}

export function TalkIcon(): ReactElement {
  return (
    <Icon>
      <path d="M4 11.5a8 7.5 0 1 1 3.4 6.1L4 19l1-3.4a7.3 7.3 0 0 1-1-4.1zM8.5 11.5h.01M12 11.5h.01M15.5 11.5h.01" />
    </Icon>
  );
}

export function ToolsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M3.5 12h3l2.5-6.5 5 13L16.5 12h4" />
    </Icon>
  );
}
