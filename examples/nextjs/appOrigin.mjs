/** Where the page is. Known to the server alone: a page asks its own server by the path. */
export const APP_ORIGIN = process.env.APP_ORIGIN ?? 'http://localhost:3000';
