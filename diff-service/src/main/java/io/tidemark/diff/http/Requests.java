package io.tidemark.diff.http;

import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads what addresses and queries name. */
final class Requests {

    private static final int MOST = 1000;
    private static final int BUFFER = 32 * 1024;

    private Requests() {}

    static TenantId tenant(String text) {
        try {
            return TenantId.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("invalid-tenant", "the tenant in the address is not a GUID");
        }
    }

    static int limit(int asked) {
        if (asked < 1 || asked > MOST) {
            throw ProblemException.badRequest("invalid-limit", "'limit' must be from 1 to " + MOST);
        }
        return asked;
    }

    /** A position as a cursor. */
    static String encoded(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** The position that a cursor was made of. */
    static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("invalid-cursor", "'cursor' is not one of ours");
        }
    }

    /** A writer whose small pieces are gathered before they are sent. */
    static Writer writer(OutputStream output) {
        return new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), BUFFER);
    }
}
