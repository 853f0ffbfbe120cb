package dev.heddle.gateway.ws;

import dev.heddle.gateway.protocol.Frame;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.websocket.WebSocketFrameImpl;

/**
 * Writes an encoded message as WebSocket text without encoding or copying it again for each socket.
 *
 * <p>The public Vert.x calls for text take a string, which would be encoded per socket; the frame class below them
 * takes bytes. It is used here and nowhere else.
 */
final class TextFrames {

    /** Longest single frame, in bytes: what many clients accept by default; a longer message is sent in parts. */
    static final int FRAME_BYTES_MAX = 65_536;

    private TextFrames() {
    }

    static void write(WebSocketBase socket, Frame message) {
        byte[] utf8 = message.utf8();
        int from = 0;
        while (from == 0 || from < utf8.length) {
            int length = Math.min(FRAME_BYTES_MAX, utf8.length - from);
            boolean last = from + length >= utf8.length;
            WebSocketFrameType type = from == 0 ? WebSocketFrameType.TEXT : WebSocketFrameType.CONTINUATION;
            WebSocketFrame frame = new WebSocketFrameImpl(type, Unpooled.wrappedBuffer(utf8, from, length), last);
            socket.writeFrame(frame);
            from += Math.max(1, length);
        }
    }
}
