package dev.heddle.transformer.store;

/**
 * Where something that is counted lies in the raw log.
 *
 * @param number its number
 * @param offset the record's offset
 */
public record Numbered(long number, long offset) {
}
