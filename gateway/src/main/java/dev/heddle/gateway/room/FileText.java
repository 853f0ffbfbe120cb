package dev.heddle.gateway.room;

/**
 * One file's text as of a workspace version.
 *
 * @param version     workspace version it is as of
 * @param file        the file's id
 * @param path        its path as of that version
 * @param fileVersion version of the file's last change up to there
 * @param text        the whole text
 * @param hash        SHA-256 of its UTF-8 bytes, hex
 */
public record FileText(long version, String file, String path, long fileVersion, String text, String hash) {
}
