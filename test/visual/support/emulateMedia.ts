import type { BrowserCommand } from 'vitest/node';
import type {} from '@vitest/browser-playwright';

export interface EmulatedMedia {
  readonly forcedColors?: 'active' | 'none';
  readonly colorScheme?: 'light' | 'dark';
}

/** Sets what a person sets in the system, for the whole browser tab. */
export const emulateMedia: BrowserCommand<[media: EmulatedMedia]> = async ({ page }, media) => {
  await page.emulateMedia(media);
};

declare module 'vitest/browser' {
  interface BrowserCommands {
    emulateMedia(media: EmulatedMedia): Promise<void>;
  }
}
