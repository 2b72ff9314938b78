package io.tidemark.graph.transport;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an error body says, as far as it can be repeated to anybody: Graph's messages quote property values and are reduced to sentences
 * known by heart.
 *
 * @param code Graph's error code, such as {@code Request_BadRequest}; empty text if there is none
 * @param known the known sentence that the message contains
 * @param details what Graph says of single properties
 */
public record GraphError(String code, Optional<String> known, List<Detail> details) {

    public static final GraphError NONE = new GraphError("", Optional.empty(), List.of());

    private static final int LONGEST_CODE = 120;
    private static final List<String> KNOWN = List.of(
            "One or more added object references already exist",
            "One or more removed object references do not exist",
            "does not exist or one of its queried reference-property objects are not present",
            "Another object with the same value for property",
            "A conflicting object with one or more of the specified property values is present in the directory",
            "The service principal cannot be created, updated, or restored",
            "Permission entry already exists",
            "Permission being assigned already exists on the object",
            "Not a valid reference update",
            "One or more property values specified are invalid",
            "Unable to update the specified properties for on-premises mastered Directory Sync objects",
            "Insufficient privileges to complete the operation",
            "Cannot Update a mail-enabled security groups and or distribution list",
            "cannot be deleted or updated unless disabled first",
            "of the service principal does not reference a valid application object",
            "the backing application of the service principal being created must in the local tenant",
            "Error due to concurrent requests being made to the tenant",
            "Security Defaults is enabled in the tenant",
            "does not match the schema of ConditionalAccessPolicy type",
            "Specified HTTP method is not allowed for the request target",
            "This operation target is not yet supported",
            "The sync state generation is not found",
            "Please retry again later");

    /** The only way in which Graph says, under the status of a bad request, that a cloud or a licence does not have what was asked for. */
    private static final List<String> NOT_HERE = List.of(
            "Resource not found for the segment",
            "Request not applicable to target tenant",
            "The tenant needs to have Microsoft Entra ID",
            "The tenant needs an AAD Premium");

    private static final String NO_LICENCE = "AadPremiumLicenseRequired";

    /**
     * What Graph says of one property.
     *
     * @param code such as {@code ObjectConflict}
     * @param target the property's name
     */
    public record Detail(String code, String target) {}

    public GraphError {
        details = List.copyOf(details);
    }

    /** Reads the {@code error} member of a body; {@link #NONE} if there is none. */
    public static GraphError of(JsonObject body) {
        Optional<JsonValue> error = body.find("error");
        if (error.isEmpty()) {
            return NONE;
        }
        if (error.get() instanceof JsonObject object) {
            return new GraphError(word(object.findString("code").orElse("")), known(message(object)), details(object));
        }
        return new GraphError(
                error.get() instanceof JsonString text ? word(text.value()) : "", Optional.empty(), List.of());
    }

    /** Whether Graph says that this cloud, or this tenant for want of a licence, does not have what was asked for. */
    public boolean isForWantOfIt() {
        return code.equals(NO_LICENCE) || known.filter(NOT_HERE::contains).isPresent();
    }

    /** Whether Graph complains of a value that another object already has, and of which property. */
    public boolean conflictsOn(String property) {
        return details.stream()
                .anyMatch(detail -> detail.code().equals("ObjectConflict")
                        && detail.target().equals(property));
    }

    private static String message(JsonObject error) {
        JsonValue message = error.find("message").orElse(new JsonString(""));
        if (message instanceof JsonString text) {
            return text.value();
        }
        return message instanceof JsonObject object ? object.findString("value").orElse("") : "";
    }

    private static Optional<String> known(String message) {
        return Stream.concat(KNOWN.stream(), NOT_HERE.stream())
                .filter(message::contains)
                .findFirst();
    }

    private static List<Detail> details(JsonObject error) {
        JsonValue given = error.find("details").orElse(JsonArray.EMPTY);
        List<JsonValue> elements = given instanceof JsonArray array ? array.elements() : List.of(given);
        List<Detail> details = new ArrayList<>();
        for (JsonValue element : elements) {
            if (element instanceof JsonObject object) {
                details.add(new Detail(
                        word(object.findString("code").orElse("")),
                        word(object.findString("target").orElse(""))));
            }
        }
        return details;
    }

    /** Codes and property names are words; anything else is not repeated. */
    private static String word(String text) {
        boolean plain = text.length() <= LONGEST_CODE
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_.-/".indexOf(c) >= 0));
        return plain ? text : "";
    }
}
