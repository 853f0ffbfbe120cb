package dev.heddle.transformer.store;

import java.util.zip.CRC32C;

/**
 * By what a record read again is known to be the record that was decided, and not another one at the same offset of a
 * topic that was deleted and created anew.
 *
 * @param timeMs   the record's log-append time, milliseconds since 1970 UTC
 * @param checksum CRC-32C of its value
 */
public record InputStamp(long timeMs, int checksum) {

    /**
     * {@return the stamp of a record}
     *
     * @param timeMs the record's log-append time
     * @param value  its value, or null
     */
    public static InputStamp of(long timeMs, byte[] value) {
        CRC32C crc = new CRC32C();
        if (value != null) {
            crc.update(value);
        }
        return new InputStamp(timeMs, (int) crc.getValue());
    }
}
