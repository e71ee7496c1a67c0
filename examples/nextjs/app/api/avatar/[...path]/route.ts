import { createAvatarHandler, type AvatarHandler } from 'visavis/server';
import { readAvatarOptions } from '../../../../avatarOptions.mjs';

// Made at the first request: `next build` loads this file too, usually without the secrets.
let handler: Promise<AvatarHandler> | undefined;

async function handle(request: Request): Promise<Response> {
  handler ??= readAvatarOptions().then(createAvatarHandler);
  return (await handler)(request);
}

export { handle as GET, handle as OPTIONS, handle as POST };
