import { composeStories } from '@storybook/react-vite';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { assertFonts } from './support/assertFonts.js';
import { hasTrueColours, looksOf, plannedIds } from './support/shotPlan.js';
import { takeLook } from './support/takeLook.js';

interface Composed {
  readonly id: string;
  readonly storyName: string;
  run(context: { readonly canvasElement: HTMLElement }): Promise<void>;
}

const files = import.meta.glob<Parameters<typeof composeStories>[0]>(['../../stories/components/*.stories.tsx', '../../stories/faults/*.stories.tsx']);
// Composed stories are typed by their module, which a glob does not know.
const pages = await Promise.all(Object.entries(files).map(async ([path, load]) => [path, Object.values(composeStories(await load())) as readonly Composed[]] as const));

const comparesStories = inject('compares').stories;
if (comparesStories) beforeAll(assertFonts);

for (const [path, stories] of pages) {
  describe(path.replace(/^.*\/|\.stories\.tsx$/g, ''), () => {
    for (const story of stories) {
      const looks = looksOf(story.id);
      it.skipIf(looks.length === 0 || !comparesStories)(`shows ${story.storyName} as it did`, async () => {
        document.body.replaceChildren();
        const canvasElement = document.body.appendChild(document.createElement('div'));
        await story.run({ canvasElement });
        for (const look of looks) {
          const frame = await takeLook(canvasElement, look, hasTrueColours(story.id));
          await expect.soft(frame).toMatchScreenshot(`stories/${story.id.replace(/^components-/, '').replace('--', '/')}-${look}`);
        }
      });
    }
  });
}

it('plans pictures of stories that exist', () => {
  const ids = pages.flatMap(([, stories]) => stories.map(({ id }) => id));
  expect(plannedIds.filter((id) => !ids.includes(id))).toEqual([]);
});
