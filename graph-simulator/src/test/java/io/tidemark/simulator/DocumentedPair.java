package io.tidemark.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request of Graph's documentation with its answer.
 *
 * @param method the HTTP method
 * @param url what is asked, after the version
 * @param status the documented status
 * @param body the documented body; missing if there is none or if it is no JSON
 */
record DocumentedPair(String method, String url, int status, JsonNode body) {

    private static final String ROOT = "https://graph.microsoft.com/v1.0/";
    private static final Pattern BLANK = Pattern.compile("\\{[^}/]*}");

    /** All that are about the kinds of a selection. */
    static List<DocumentedPair> read(Path file, JsonNode selection) {
        try {
            List<DocumentedPair> found = new ArrayList<>();
            for (JsonNode mock : new ObjectMapper().readTree(file.toFile()).path("mocks")) {
                JsonNode request = mock.path("request");
                String url = request.path("exampleUrl").asText();
                if (!url.startsWith(ROOT)) {
                    continue;
                }
                DocumentedPair pair = new DocumentedPair(
                        request.path("method").asText(),
                        url.substring(ROOT.length()),
                        mock.path("response").path("statusCode").asInt(),
                        unwrapped(mock.path("response").path("body")));
                if (pair.selected(selection)) {
                    found.add(pair);
                }
            }
            found.sort(Comparator.comparing(DocumentedPair::name));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some answers are documented with the object inside a value. */
    private static JsonNode unwrapped(JsonNode body) {
        boolean only = body.isObject()
                && body.path("value").isObject()
                && body.properties().stream()
                        .allMatch(p -> p.getKey().equals("value") || p.getKey().startsWith("@"));
        return only ? body.path("value") : body;
    }

    String name() {
        return method + " /" + url;
    }

    private boolean selected(JsonNode selection) {
        String path = url.split("\\?")[0].toLowerCase(Locale.ROOT);
        for (JsonNode prefix : selection.path("with")) {
            String wanted = prefix.asText().toLowerCase(Locale.ROOT);
            if (path.equals(wanted) || path.startsWith(wanted + "/") || path.startsWith(wanted + "(")) {
                return true;
            }
        }
        String[] steps = path.split("/");
        for (JsonNode root : selection.path("stepsUnder")) {
            String wanted = root.path("root").asText();
            int at = wanted.equals("me") ? 1 : 2;
            boolean under = steps[0].equals(wanted) || steps[0].startsWith(wanted + "(");
            if (!under) {
                continue;
            }
            int index = steps[0].contains("(") ? 1 : at;
            if (steps.length <= index) {
                return true;
            }
            for (JsonNode step : root.path("steps")) {
                if (steps[index].replaceAll("\\(.*", "").equals(step.asText())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The path without query, its blanks filled in with ids. */
    List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (String step : url.split("\\?")[0].split("/")) {
            if (!step.isEmpty()) {
                steps.add(filled(URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8)));
            }
        }
        return steps;
    }

    /** What is sent: the blanks filled in. */
    String target() {
        String[] parts = url.split("\\?", 2);
        String path = "/" + String.join("/", steps());
        // A blank for the id that is filtered by stands for the object that is shown.
        String shown = body.path("value").path(0).path("id").asText("");
        String query = parts.length == 1 || shown.isEmpty()
                ? parts[parts.length - 1]
                : parts[1].replaceAll("(?<![\\w/])id eq '\\{[^}]*}'", "id eq '" + shown + "'");
        return parts.length == 1 ? path : path + "?" + filled(query);
    }

    private static String filled(String text) {
        Matcher matcher = BLANK.matcher(text);
        return matcher.replaceAll(found -> {
            String blank = found.group().toLowerCase(Locale.ROOT);
            return blank.contains("domain") ? "contoso.com" : id(blank);
        });
    }

    static String id(String blank) {
        UUID made = UUID.nameUUIDFromBytes(blank.getBytes(StandardCharsets.UTF_8));
        return new UUID(
                        (made.getMostSignificantBits() & ~0xf000L) | 0x4000L,
                        (made.getLeastSignificantBits() & ~0xc000000000000000L) | 0x8000000000000000L)
                .toString();
    }
}
