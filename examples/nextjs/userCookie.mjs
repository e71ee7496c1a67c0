/** Whoever has this cookie is signed in under the name in it. Enough for a demonstration: a real one is sealed. */
export const USER_COOKIE = 'demo-user';
