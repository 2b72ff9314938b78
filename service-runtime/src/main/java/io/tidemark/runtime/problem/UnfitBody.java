package io.tidemark.runtime.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Says why a request's body cannot be taken: the place and what may stand there, never what stands there. */
final class UnfitBody {

    private UnfitBody() {}

    static String reason(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return "request body is not valid JSON";
        }
        String place = place(mapping);
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds() == null
                    ? ""
                    : unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
            return "request body has a member that is not known, at " + place + "; known there are: " + known;
        }
        if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
            return "request body does not fit at " + place + ": it must be one of "
                    + Arrays.stream(format.getTargetType().getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        return place.isEmpty()
                ? "request body does not have the form that is asked for"
                : "request body does not fit at " + place;
    }

    private static String place(JsonMappingException e) {
        return e.getPath().stream()
                .map(part -> part.getFieldName() == null ? Integer.toString(part.getIndex()) : part.getFieldName())
                .collect(Collectors.joining("/"));
    }
}
