import { addons } from 'storybook/manager-api';
import { create } from 'storybook/theming';

/** Stories that are pages to use; the panels are for those who look into a component. */
const WHOLE_PAGES = ['playground--live', 'failures--', 'theming--'];

addons.setConfig({
  layoutCustomisations: {
    showPanel: (state, shown) => (WHOLE_PAGES.some((page) => state.storyId?.startsWith(page)) ? false : shown),
  },
  theme: create({
    base: window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    brandTitle: 'visavis',
  }),
});
