import type { Preview } from '@storybook/react-vite';
import { configure } from 'storybook/test';
import { themes } from 'storybook/theming';
import '../src/react/styles.css';
import '../stories/support/page.css';

/** A component's TSDoc up to its first tag: the tags are for editors. */
function describeComponent(component: unknown): string {
  // Boundary: what Storybook's docgen plugin attaches to a component has no type.
  const { __docgenInfo: info } = component as { readonly __docgenInfo?: { readonly description?: string } };
  return info?.description?.split(/^\s*@/m)[0]?.trim() ?? '';
}

/** What one story remembers is no matter of the next. In the playground people choose for themselves, and may keep it. */
function forget(title: string): void {
  if (title.startsWith('Playground')) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith('visavis.')) localStorage.removeItem(key);
}

// What waitFor waits at most: a machine that has much to do is no fault of a story.
configure({ asyncUtilTimeout: 8_000 });

const preview: Preview = {
  beforeEach: ({ title }) => forget(title),
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    controls: { disable: true },
    // Each story draws its own page, so that it follows the theme.
    backgrounds: { disable: true },
    docs: { toc: { headingSelector: 'h2, h3' }, extractComponentDescription: describeComponent, theme: window.matchMedia('(prefers-color-scheme: dark)').matches ? themes.dark : themes.light },
    options: {
      storySort: {
        order: [
          'Playground',
          'Guides',
          ['Start', 'Wirings', 'Driven', 'Pipeline', 'Hosted', 'Turn-taking', 'Agora', 'Nextjs', 'Catalogue', 'Theming', 'Languages', 'Server', 'Security', 'Operating', 'Troubleshooting', 'Migration', '*', 'Parity'],
          'API reference',
          ['Contents', 'visavis', 'client', 'server', 'query', 'labels', 'agora', 'testing', 'emulator'],
          'Components',
          ['Avatar', 'AvatarVideo', '*', 'Failures'],
          'Failures',
          'Faults',
          ['Wire', 'Room', 'Audio', 'Page', 'Vendor', 'Server'],
          'Theming',
        ],
      },
    },
  },
  initialGlobals: { theme: 'auto' },
  globalTypes: {
    theme: {
      description: 'Colour scheme',
      toolbar: {
        title: 'Theme',
        icon: 'mirror',
        dynamicTitle: true,
        items: [
          { value: 'auto', title: 'System', icon: 'browser' },
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
        ],
      },
    },
  },
  decorators: [
    (Story, { globals, viewMode }) => (
      <div className={`story-page story-page-${viewMode}`} data-theme={globals['theme'] === 'auto' ? undefined : String(globals['theme'])}>
        <Story />
      </div>
    ),
  ],
};

export default preview;
