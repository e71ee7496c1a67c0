import { addons } from 'storybook/manager-api';
import { create } from 'storybook/theming';

addons.setConfig({
  layoutCustomisations: {
    // The playground is a page to use; the panels are for those who look into a component.
    showPanel: (state, shown) => (state.storyId?.startsWith('playground') ? false : shown),
  },
  theme: create({
    base: window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    brandTitle: 'visavis',
  }),
});
