/** What the server asks for before the page does: the same wish finds the same answer. */
export const AVATARS = { size: 2 };
export const VOICES = { streams: true, size: 20 };
