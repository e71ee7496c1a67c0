/// <reference types="vite/client" />
import 'react';

declare module 'react' {
  interface CSSProperties {
    [property: `--visavis-${string}`]: string | number | undefined;
  }
}

declare global {
  interface ImportMetaEnv {
    /** Base URL of the session route that the playground uses. */
    readonly STORYBOOK_AVATAR_URL?: string;
    /** Control URL of the emulator behind it. */
    readonly STORYBOOK_EMULATOR_URL?: string;
  }
}
