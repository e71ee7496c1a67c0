import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, type AvatarLabels } from '../../src/index.js';
import { labelsFor, loadLabels, pseudoLabels, type LabelLanguage } from '../../src/labels.js';
import { desk } from '../support/fakeDevices.js';
import { withDevices } from '../support/withDevices.js';
import { LanguageSheet } from './LanguageSheet.js';

const accessibility = `
The element around the components says their language and direction (lang, dir), so that a screen reader takes the right voice and the
components mirror themselves. Names of devices and browsers inside Arabic words are isolated, so that they move nothing around them.`;

const meta: Meta<typeof LanguageSheet> = {
  title: 'Languages',
  component: LanguageSheet,
  parameters: { docs: { description: { story: accessibility }, source: { code: `<Avatar grant="/api/avatar" labels={await loadLabels(navigator.languages)} />` } } },
};
export default meta;

function sheet(lang: string, load: () => Promise<AvatarLabels>): StoryObj {
  const { direction } = labelsFor(lang);
  return withDevices({
    loaders: [async () => ({ labels: await load() })],
    // Storybook types what loaders give as unknown; the loader above is the only one.
    render: (_args, { loaded }) => <LanguageSheet labels={loaded['labels'] as AvatarLabels} lang={lang} dir={direction} />,
    async play({ canvas, canvasElement }) {
      const labels = await load();
      const [start] = canvas.getAllByRole('button', { name: labels.start });
      await waitFor(() => expect(start).toBeVisible());
      if (labels !== defaultLabels) await expect(canvas.queryByRole('button', { name: defaultLabels.start })).toBeNull();
      // No word makes the page, or a component in it, wider than it may be.
      await expect(canvasElement.scrollWidth).toBeLessThanOrEqual(canvasElement.clientWidth);
    },
  }, desk);
}

const inLanguage = (language: LabelLanguage): StoryObj => sheet(language, () => loadLabels(language));

export const English = inLanguage('en');
export const German = inLanguage('de');
export const French = inLanguage('fr');
export const Spanish = inLanguage('es');
export const BrazilianPortuguese = inLanguage('pt-BR');
export const Japanese = inLanguage('ja');
export const SimplifiedChinese = inLanguage('zh-Hans');
export const TraditionalChinese = inLanguage('zh-Hant');
export const Arabic = inLanguage('ar');

/** No language has these words: what is cut off lacks its bracket, what is plain English has been forgotten. */
export const Pseudo = sheet('en-XA', async () => pseudoLabels());
