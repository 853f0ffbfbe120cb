package dev.heddle.gateway.rest;

import dev.heddle.schemas.error.EdgeError;

/** The conditions a request may carry; a file's entity tag is the hash of its text. */
final class Conditions {

    private Conditions() {
    }

    static String etag(String hash) {
        return '"' + hash + '"';
    }

    /** {@return whether a list of entity tags, or a star, names a text} */
    static boolean matches(String tags, String hash) {
        if (tags == null) {
            return false;
        }
        for (String tag : tags.split(",")) {
            String trimmed = tag.trim();
            String strong = trimmed.startsWith("W/") ? trimmed.substring(2) : trimmed;
            if (strong.equals("*") || strong.equals(etag(hash))) {
                return true;
            }
        }
        return false;
    }

    /** Checks both conditions against the text there is. */
    static void check(Call call, String hash) {
        String ifMatch = call.header("If-Match");
        if (ifMatch != null && !matches(ifMatch, hash)) {
            throw new ApiException(EdgeError.PRECONDITION_FAILED, "If-Match: " + Call.shown(ifMatch)
                + " (expected: " + etag(hash) + ", as the file has changed)");
        }
        if (matches(call.header("If-None-Match"), hash)) {
            throw new ApiException(EdgeError.PRECONDITION_FAILED, "If-None-Match: "
                + Call.shown(call.header("If-None-Match")) + " (expected: that the file does not exist)");
        }
    }
}
