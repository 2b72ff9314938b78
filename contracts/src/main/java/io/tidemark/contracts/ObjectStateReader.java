package io.tidemark.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads states token by token where they are written as we write them, in a third of the time that the mapper takes: nearly all messages are
 * states, a million and more in a capture. Whatever is written otherwise is the mapper's business, and so is every refusal.
 */
final class ObjectStateReader {

    private static final Map<String, Source> SOURCES =
            Arrays.stream(Source.values()).collect(Collectors.toUnmodifiableMap(Source::name, source -> source));
    private static final Map<String, Deletion> DELETIONS = Arrays.stream(Deletion.values())
            .collect(Collectors.toUnmodifiableMap(Deletion::name, deletion -> deletion));

    private @Nullable String tenantId;
    private @Nullable String objectType;
    private @Nullable String objectId;
    private @Nullable String stateHash;
    private @Nullable String captureId;
    private @Nullable Source source;
    private @Nullable Instant observedAt;
    private @Nullable Deletion deleted;
    private @Nullable JsonObject body;
    private @Nullable List<String> causedBy;
    private int members;

    private ObjectStateReader() {}

    /** The state; null if the mapper is to be asked. */
    static @Nullable ObjectState read(JsonFactory factory, byte[] value) {
        try (JsonParser parser = factory.createParser(value)) {
            // It keeps a set of names for every object. Here whatever comes twice is seen without one.
            parser.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            ObjectStateReader reader = new ObjectStateReader();
            return reader.readMembers(parser) && parser.nextToken() == null ? reader.state() : null;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private boolean readMembers(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            boolean usual = switch (parser.nextToken()) {
                case VALUE_STRING -> readText(name, parser.getText());
                case START_OBJECT -> name.equals("body") && readBody(parser);
                case START_ARRAY -> name.equals("causedBy") && readCauses(parser);
                default -> false;
            };
            if (!usual) {
                return false;
            }
            members++;
        }
        return parser.hasToken(JsonToken.END_OBJECT);
    }

    private boolean readText(String name, String text) {
        switch (name) {
            case "tenantId" -> tenantId = text;
            case "objectType" -> objectType = text;
            case "objectId" -> objectId = text;
            case "stateHash" -> stateHash = text;
            case "captureId" -> captureId = text;
            case "observedAt" -> observedAt = MomentText.parse(text);
            case "source" -> {
                source = SOURCES.get(text);
                return source != null;
            }
            case "deleted" -> {
                deleted = DELETIONS.get(text);
                return deleted != null;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readBody(JsonParser parser) throws IOException {
        body = JsonText.read(parser) instanceof JsonObject object ? object : null;
        return body != null;
    }

    private boolean readCauses(JsonParser parser) throws IOException {
        List<String> causes = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            causes.add(parser.getText());
        }
        causedBy = causes;
        return parser.hasToken(JsonToken.END_ARRAY);
    }

    private @Nullable ObjectState state() {
        if (tenantId == null
                || objectType == null
                || objectId == null
                || captureId == null
                || source == null
                || observedAt == null
                || members != present()) {
            return null;
        }
        return new ObjectState(
                tenantId,
                objectType,
                objectId,
                stateHash,
                captureId,
                source,
                observedAt,
                deleted,
                body,
                null,
                causedBy == null ? List.of() : causedBy);
    }

    /** As many as there were members, unless one came twice. */
    private int present() {
        int present = 0;
        for (Object part : Arrays.asList(
                tenantId, objectType, objectId, stateHash, captureId, source, observedAt, deleted, body, causedBy)) {
            present += part == null ? 0 : 1;
        }
        return present;
    }
}
