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

/**
 * What is said of single stories, by their id. Forced colours where a colour alone would carry a meaning, right-to-left where something
 * has a side, the phone where there are columns or something fixed to the window.
 */
const PLANS: Readonly<Record<string, StoryPlan>> = {
  'components-avatar--idle': { more: ['phone', 'forced'], trueColours: true },
  'components-avatar--live': { more: ['phone', 'rtl', 'forced'] },
  'components-avatar--failed': { more: ['phone', 'rtl', 'forced'] },
  'components-avatardevtools--conversation': { more: ['phone', 'forced'] },
  'components-avatarpicker--ready': { more: ['phone', 'forced'] },
  'components-failures--every-reason': { none: 'Each group of reasons has a story of its own.' },
  'components-avatarwidget--open': { more: ['phone', 'rtl'] },
  'components-captions--both-sides': { more: ['phone', 'rtl', 'forced'] },
  'components-connectionquality--details': { more: ['rtl', 'forced'] },
  'components-connectionstatus--every-status': { more: ['rtl', 'forced'] },
  'components-devicetests--every-result': { more: ['rtl', 'forced'] },
  'components-failures--narrow': { more: ['rtl', 'forced'] },
  'faults-room--avatar-without-sound': { more: ['dark'] },
  'components-messageinput--ready': { more: ['forced'] },
  'components-michelp--blocked-in-chrome': { more: ['phone', 'rtl'] },
  'components-miclevel--segments': { more: ['forced'] },
  'components-micselect--listed': { more: ['rtl', 'forced'] },
  'components-mictoggle--muted': { more: ['forced'] },
  'components-prejoin--ready': { more: ['phone', 'forced'] },
  'components-pushtotalkbutton--talking': { more: ['forced'] },
  'components-sessiontimer--ending': { more: ['rtl', 'forced'] },
  'components-transcript--conversation': { more: ['phone', 'rtl', 'forced'] },
  'components-voiceorb--speaking': { more: ['forced'], trueColours: true },
  'components-voicepicker--ready': { more: ['phone', 'forced'] },
};

/** Faults of which nothing is seen: their pictures would be one and the same. */
const UNSEEN = ['audio--microphone-unplugged', 'audio--sound-interrupted', 'page--clock-wrong', 'page--page-blocked', 'server--disk-full', 'wire--message-damaged', 'wire--messages-disordered'].map((id) => `faults-${id}`);

/** The ids that the plan names, so that a test can tell when a story was renamed. */
export const plannedIds: readonly string[] = [...Object.keys(PLANS), ...UNSEEN];

/** @returns the looks in which a story is taken; none for one that has no picture */
export function looksOf(storyId: string): readonly Look[] {
  const { none, more = [] } = PLANS[storyId] ?? {};
  // The same avatar as in the components' stories, which are taken in every look; here it is the words that differ.
  if (storyId.startsWith('faults-')) return UNSEEN.includes(storyId) ? [] : ['light', ...more];
  return none === undefined ? ['light', 'dark', ...more] : [];
}

/** @returns whether gradients and shadows are in the pictures of a story */
export function hasTrueColours(storyId: string): boolean {
  return PLANS[storyId]?.trueColours ?? false;
}
