import { NextResponse, type NextRequest } from 'next/server';
import { USER_COOKIE } from './userCookie.mjs';

/** Sends whoever is not signed in to the sign-in. The session route decides for itself who may have an avatar: see avatarOptions.mjs. */
export function proxy(request: NextRequest) {
  if (request.cookies.has(USER_COOKIE)) return NextResponse.next();
  if (!request.nextUrl.pathname.startsWith('/api/')) return NextResponse.redirect(new URL('/sign-in', request.url));
  // In the words of visavis, so that the page can tell its user what to do.
  const error = { reason: 'not-authorized', message: 'You are not signed in. Sign in, then try again.', retryable: false };
  return NextResponse.json({ error }, { status: 401 });
}

export const config = { matcher: ['/', '/api/avatar/:path*'] };
