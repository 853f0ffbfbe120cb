package dev.heddle.snapshotter.read;

/**
 * Bounds of the read API.
 *
 * @param waitMsDefault longest wait where a read does not say, milliseconds
 * @param waitMsMax     longest wait a read may ask for, milliseconds
 * @param inFlightMax   most reads that wait or run at a time on this instance
 * @param operationsMax most operations in one page, and how many where a read does not say
 * @param bytesMax      about the most bytes of operations in one page; one operation always fits
 */
public record ReadLimits(long waitMsDefault, long waitMsMax, int inFlightMax, int operationsMax, long bytesMax) {
}
