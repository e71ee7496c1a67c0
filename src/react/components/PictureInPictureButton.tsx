import { forwardRef } from 'react';
import { usePictureInPicture } from '../hooks/usePictureInPicture.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { PictureInPictureIcon } from '../parts/icons.js';

export type PictureInPictureButtonProps = ButtonProps;

/**
 * Takes the picture of the `AvatarVideo` around it into a small window that stays on top. Absent where the browser has no
 * such thing, and while there is no picture.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarVideo`
 * @example
 * ```tsx
 * <AvatarVideo><PictureInPictureButton /></AvatarVideo>
 * ```
 */
export const PictureInPictureButton = forwardRef<HTMLButtonElement, PictureInPictureButtonProps>(function PictureInPictureButton({ labels, children, ...props }, ref) {
  const { shown, label, buttonProps } = usePictureInPicture({ labels });
  if (!shown) return null;
  return (
    <Button {...props} own={{ ...buttonProps, title: label }} slot="picture-in-picture-button" look="plain" ref={ref}>
      {children ?? <PictureInPictureIcon />}
    </Button>
  );
});
