package dev.heddle.gateway.protocol;

import java.util.Locale;

/** The colour a session is shown in: derived from its id, so that every gateway and client agrees without asking. */
public final class SessionColor {

    private static final double SATURATION = 0.65;
    private static final double LIGHTNESS = 0.45;
    private static final int HUES = 360;

    private SessionColor() {
    }

    /**
     * {@return the colour as {@code #rrggbb}}
     *
     * @param session the session's id
     */
    public static String of(String session) {
        int mixed = session.hashCode() * 0x9E3779B9;
        double hue = Math.floorMod(mixed >> 7, HUES);
        double chroma = (1 - Math.abs(2 * LIGHTNESS - 1)) * SATURATION;
        return String.format(Locale.ROOT, "#%02x%02x%02x", channel(hue, 0, chroma), channel(hue, 8, chroma),
            channel(hue, 4, chroma));
    }

    private static int channel(double hue, int shift, double chroma) {
        double k = (shift + hue / 30) % 12;
        double value = LIGHTNESS - chroma / 2 * Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1));
        return (int) Math.round(value * 255);
    }
}
