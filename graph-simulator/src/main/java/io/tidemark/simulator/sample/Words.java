package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** The vocabulary that made-up tenants are written with. */
record Words(
        List<String> givenNames,
        List<String> surnames,
        List<Place> places,
        List<Department> departments,
        List<String> subjects,
        List<String> purposes,
        List<String> guestDomains) {

    /** A city where the company has an office. */
    record Place(
            String city,
            String state,
            String country,
            String usageLocation,
            String language,
            String street,
            String postalCode,
            String phonePrefix) {}

    /** A part of the company and what its people are called. */
    record Department(String code, String name, String costCenter, List<String> titles) {}

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    private static final Words ENGLISH = read();

    static Words load() {
        return ENGLISH;
    }

    /** What of a name may stand in a mail address. */
    static String ascii(String name) {
        var plain = name.replace("ß", "ss")
                .replace("ø", "o")
                .replace("Ø", "O")
                .replace("ł", "l")
                .replace("Ł", "L")
                .replace("æ", "ae")
                .replace("Æ", "Ae")
                .replace("đ", "d")
                .replace("Đ", "D")
                .replace("ı", "i")
                .replace("ð", "d")
                .replace("Þ", "Th");
        return Normalizer.normalize(plain, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }

    static JsonNode resource(String name) {
        try (var stream = Words.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no sample resource '" + name + "'");
            }
            return JSON.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("sample resource '" + name + "' is not readable", e);
        }
    }

    private static Words read() {
        try {
            return JSON.treeToValue(resource("words.json"), Words.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the sample vocabulary is not readable", e);
        }
    }
}
