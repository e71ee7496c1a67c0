// Generated from proto/frames.proto by npm run generate. Do not edit.
import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace dve. */
export namespace dve {

    /**
     * Properties of a TextFrame.
     * @deprecated Use dve.TextFrame.$Properties instead.
     */
    interface ITextFrame extends dve.TextFrame.$Properties {
    }

    /** Represents a TextFrame. */
    class TextFrame {

        /**
         * Constructs a new TextFrame.
         * @param [properties] Properties to set
         */
        constructor(properties?: dve.TextFrame.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TextFrame id. */
        id: (number|Long);

        /** TextFrame name. */
        name: string;

        /** TextFrame text. */
        text: string;

        /**
         * Encodes the specified TextFrame message. Does not implicitly {@link dve.TextFrame.verify|verify} messages.
         * @param message TextFrame message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dve.TextFrame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TextFrame message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dve.TextFrame & dve.TextFrame.$Shape} TextFrame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dve.TextFrame & dve.TextFrame.$Shape;
    }

    namespace TextFrame {

        /** Properties of a TextFrame. */
        interface $Properties {

            /** TextFrame id */
            id?: (number|Long|null);

            /** TextFrame name */
            name?: (string|null);

            /** TextFrame text */
            text?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TextFrame. */
        type $Shape = dve.TextFrame.$Properties;
    }

    /**
     * Properties of an AudioRawFrame.
     * @deprecated Use dve.AudioRawFrame.$Properties instead.
     */
    interface IAudioRawFrame extends dve.AudioRawFrame.$Properties {
    }

    /** Represents an AudioRawFrame. */
    class AudioRawFrame {

        /**
         * Constructs a new AudioRawFrame.
         * @param [properties] Properties to set
         */
        constructor(properties?: dve.AudioRawFrame.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AudioRawFrame id. */
        id: (number|Long);

        /** AudioRawFrame name. */
        name: string;

        /** AudioRawFrame audio. */
        audio: Uint8Array;

        /** AudioRawFrame sampleRate. */
        sampleRate: number;

        /** AudioRawFrame numChannels. */
        numChannels: number;

        /**
         * Encodes the specified AudioRawFrame message. Does not implicitly {@link dve.AudioRawFrame.verify|verify} messages.
         * @param message AudioRawFrame message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dve.AudioRawFrame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AudioRawFrame message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dve.AudioRawFrame & dve.AudioRawFrame.$Shape} AudioRawFrame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dve.AudioRawFrame & dve.AudioRawFrame.$Shape;
    }

    namespace AudioRawFrame {

        /** Properties of an AudioRawFrame. */
        interface $Properties {

            /** AudioRawFrame id */
            id?: (number|Long|null);

            /** AudioRawFrame name */
            name?: (string|null);

            /** AudioRawFrame audio */
            audio?: (Uint8Array|null);

            /** AudioRawFrame sampleRate */
            sampleRate?: (number|null);

            /** AudioRawFrame numChannels */
            numChannels?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AudioRawFrame. */
        type $Shape = dve.AudioRawFrame.$Properties;
    }

    /**
     * Properties of an ImageRawFrame.
     * @deprecated Use dve.ImageRawFrame.$Properties instead.
     */
    interface IImageRawFrame extends dve.ImageRawFrame.$Properties {
    }

    /** Represents an ImageRawFrame. */
    class ImageRawFrame {

        /**
         * Constructs a new ImageRawFrame.
         * @param [properties] Properties to set
         */
        constructor(properties?: dve.ImageRawFrame.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ImageRawFrame id. */
        id: (number|Long);

        /** ImageRawFrame name. */
        name: string;

        /** ImageRawFrame image. */
        image: Uint8Array;

        /** ImageRawFrame size. */
        size: number[];

        /** ImageRawFrame format. */
        format: string;

        /**
         * Encodes the specified ImageRawFrame message. Does not implicitly {@link dve.ImageRawFrame.verify|verify} messages.
         * @param message ImageRawFrame message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dve.ImageRawFrame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an ImageRawFrame message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dve.ImageRawFrame & dve.ImageRawFrame.$Shape} ImageRawFrame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dve.ImageRawFrame & dve.ImageRawFrame.$Shape;
    }

    namespace ImageRawFrame {

        /** Properties of an ImageRawFrame. */
        interface $Properties {

            /** ImageRawFrame id */
            id?: (number|Long|null);

            /** ImageRawFrame name */
            name?: (string|null);

            /** ImageRawFrame image */
            image?: (Uint8Array|null);

            /** ImageRawFrame size */
            size?: (number[]|null);

            /** ImageRawFrame format */
            format?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an ImageRawFrame. */
        type $Shape = dve.ImageRawFrame.$Properties;
    }

    /**
     * Properties of a Frame.
     * @deprecated Use dve.Frame.$Properties instead.
     */
    interface IFrame extends dve.Frame.$Properties {
    }

    /** Represents a Frame. */
    class Frame {

        /**
         * Constructs a new Frame.
         * @param [properties] Properties to set
         */
        constructor(properties?: dve.Frame.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Frame text. */
        text?: (dve.TextFrame.$Properties|null);

        /** Frame audio. */
        audio?: (dve.AudioRawFrame.$Properties|null);

        /** Frame image. */
        image?: (dve.ImageRawFrame.$Properties|null);

        /** Frame frame. */
        frame?: ("text"|"audio"|"image");

        /**
         * Encodes the specified Frame message. Does not implicitly {@link dve.Frame.verify|verify} messages.
         * @param message Frame message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dve.Frame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Frame message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dve.Frame & dve.Frame.$Shape} Frame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dve.Frame & dve.Frame.$Shape;
    }

    namespace Frame {

        /** Properties of a Frame. */
        interface $Properties {

            /** Frame text */
            text?: (dve.TextFrame.$Properties|null);

            /** Frame audio */
            audio?: (dve.AudioRawFrame.$Properties|null);

            /** Frame image */
            image?: (dve.ImageRawFrame.$Properties|null);

            /** Frame frame */
            frame?: ("text"|"audio"|"image");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Frame. */
        type $Shape = {
          text?: dve.TextFrame.$Shape|null;
          audio?: dve.AudioRawFrame.$Shape|null;
          image?: dve.ImageRawFrame.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ frame?: undefined; text?: null; audio?: null; image?: null }|{ frame?: "text"; text: dve.TextFrame.$Shape; audio?: null; image?: null }|{ frame?: "audio"; text?: null; audio: dve.AudioRawFrame.$Shape; image?: null }|{ frame?: "image"; text?: null; audio?: null; image: dve.ImageRawFrame.$Shape })
        );
    }
}
