import { AvatarError } from '../errors/AvatarError.js';
import { createSurface } from './createSurface.js';

/**
 * Throws for a picture that the page may show and not read. Tried on a surface of its own: one such picture spoils a surface for good.
 * @throws AvatarError `invalid-options`, and `message-invalid` for one that cannot be drawn.
 */
export function assertReadable(image: CanvasImageSource): void {
  const { context } = createSurface({ width: 1, height: 1 });
  try {
    context.drawImage(image, 0, 0, 1, 1);
    context.getImageData(0, 0, 1, 1);
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'SecurityError') {
      throw new AvatarError('invalid-options', {
        message: 'The picture comes from another site, which does not let this page read it. Load it with crossOrigin="anonymous", and let that site send Access-Control-Allow-Origin.',
        cause,
      });
    }
    throw new AvatarError('message-invalid', { message: 'The picture is broken or closed, so it cannot be drawn.', cause });
  }
}
