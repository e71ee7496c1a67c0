import type { StorybookConfig } from '@storybook/react-vite';
import { mergeConfig } from 'vite';
import { rendererOptions } from '../scripts/strictStories.js';
import { workletSource } from '../scripts/workletSource.js';

const config: StorybookConfig = {
  framework: { name: '@storybook/react-vite', options: rendererOptions },
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  // Nothing here may need the internet.
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  features: { sidebarOnboardingChecklist: false },
  typescript: { reactDocgen: 'react-docgen' },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      plugins: [workletSource()],
      // Found only while a page already runs, these would reload it.
      optimizeDeps: { include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-dev-runtime', 'use-sync-external-store/with-selector'] },
      // A build that runs meanwhile would reload the page in the middle of a conversation.
      server: { watch: { ignored: ['**/dist/**', '**/storybook-static/**', '**/coverage/**', '**/test/**'] } },
    }),
};

export default config;
