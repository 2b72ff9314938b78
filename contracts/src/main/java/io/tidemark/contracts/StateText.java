package io.tidemark.contracts;

import io.tidemark.directory.json.JsonBytes;
import io.tidemark.directory.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the value of a state, to the byte as the mapper writes it. A capture publishes states by the million, nine in ten of them links of
 * a few short texts, and finding the fields of a record and making a generator costs several times what writing them does.
 */
final class StateText {

    /** Enough for a link. */
    private static final int ROOM = 512;

    private static final byte[] TENANT_ID = name("tenantId");
    private static final byte[] OBJECT_TYPE = name("objectType");
    private static final byte[] OBJECT_ID = name("objectId");
    private static final byte[] STATE_HASH = name("stateHash");
    private static final byte[] CAPTURE_ID = name("captureId");
    private static final byte[] SOURCE = name("source");
    private static final byte[] OBSERVED_AT = name("observedAt");
    private static final byte[] DELETED = name("deleted");
    private static final byte[] BODY = name("body");
    private static final byte[] CLAIM = name("claim");
    private static final byte[] SHA_256 = name("sha256");
    private static final byte[] BYTES = name("bytes");
    private static final byte[] CAUSED_BY = name("causedBy");

    private final JsonBytes out = new JsonBytes(ROOM);

    private StateText() {}

    static byte[] of(ObjectState state) {
        StateText text = new StateText();
        text.out.raw('{').raw(TENANT_ID).string(state.tenantId());
        text.member(OBJECT_TYPE, state.objectType());
        text.member(OBJECT_ID, state.objectId());
        text.member(STATE_HASH, state.stateHash());
        text.member(CAPTURE_ID, state.captureId());
        text.member(SOURCE, state.source().name());
        text.member(OBSERVED_AT, MomentText.of(state.observedAt()));
        text.member(DELETED, state.deleted() == null ? null : state.deleted().name());
        text.body(state.body());
        text.claim(state.claim());
        text.causes(state.causedBy());
        return text.out.raw('}').toBytes();
    }

    private void member(byte[] name, @Nullable String value) {
        if (value != null) {
            out.raw(',').raw(name).string(value);
        }
    }

    private void body(@Nullable JsonObject body) {
        if (body != null) {
            out.raw(',').raw(BODY).value(body);
        }
    }

    private void claim(@Nullable BodyClaim claim) {
        if (claim != null) {
            out.raw(',').raw(CLAIM).raw('{').raw(SHA_256).string(claim.sha256());
            out.raw(',').raw(BYTES).raw(ascii(Long.toString(claim.bytes()))).raw('}');
        }
    }

    private void causes(List<String> causes) {
        out.raw(',').raw(CAUSED_BY).raw('[');
        for (int i = 0; i < causes.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.string(causes.get(i));
        }
        out.raw(']');
    }

    private static byte[] name(String name) {
        return ascii("\"" + name + "\":");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
