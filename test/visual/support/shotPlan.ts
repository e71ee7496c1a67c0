/** How a story is shown for a picture. */
export type Look = 'light' | 'dark' | 'phone' | 'rtl' | 'forced';

interface StoryPlan {
  /** Looks besides light and dark: where the layout follows the width, the direction or the system's colours. */
  readonly more?: readonly Look[];
  /** Keeps gradients and shadows, which are flat elsewhere to keep the pictures small. */
  readonly trueColours?: boolean;
  /** Why there is no picture. */
  readonly none?: string;
}

/** What is said of single stories, by their id. */
const PLANS: Readonly<Record<string, StoryPlan>> = {
  'components-avatar--idle': { more: ['phone', 'forced'], trueColours: true },
  'components-avatar--live': { more: ['phone', 'rtl', 'forced'] },
  'components-avatar--failed': { more: ['phone', 'rtl'] },
  'components-transcript--conversation': { more: ['phone', 'rtl', 'forced'] },
  'components-voiceorb--speaking': { more: ['forced'], trueColours: true },
};

/** The ids that the plan names, so that a test can tell when a story was renamed. */
export const plannedIds: readonly string[] = Object.keys(PLANS);

/** @returns the looks in which a story is taken; none for one that has no picture */
export function looksOf(storyId: string): readonly Look[] {
  const { none, more = [] } = PLANS[storyId] ?? {};
  return none === undefined ? ['light', 'dark', ...more] : [];
}

/** @returns whether gradients and shadows are in the pictures of a story */
export function hasTrueColours(storyId: string): boolean {
  return PLANS[storyId]?.trueColours ?? false;
}
