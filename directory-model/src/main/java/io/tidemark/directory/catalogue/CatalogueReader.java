package io.tidemark.directory.catalogue;

import io.tidemark.directory.ObjectKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the files of the catalogue. A file holds stanzas; a stanza begins with {@code kind} and the kind's word, and has one statement a
 * line: a word, blanks, and what it says. {@code #} begins a comment.
 */
final class CatalogueReader {

    private CatalogueReader() {}

    /**
     * Reads one file beside this class.
     *
     * @throws IllegalStateException if it says something that cannot be understood; the message names the line
     */
    static List<KindDescription> read(String file) {
        try (InputStream in = CatalogueReader.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the catalogue has no file " + file);
            }
            return read(file, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue's file " + file + " cannot be read", e);
        }
    }

    static List<KindDescription> read(String file, BufferedReader lines) throws IOException {
        List<KindDescription> kinds = new ArrayList<>();
        Stanza stanza = null;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                Map.Entry<String, String> statement = statement(text);
                if (statement.getKey().equals("kind")) {
                    if (stanza != null) {
                        kinds.add(stanza.description());
                    }
                    stanza = new Stanza(ObjectKind.parse(statement.getValue()));
                } else if (stanza == null) {
                    throw new IllegalArgumentException("nothing comes before the first kind");
                } else {
                    stanza.take(statement.getKey(), statement.getValue());
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(file + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        if (stanza != null) {
            kinds.add(stanza.description());
        }
        return kinds;
    }

    private static Map.Entry<String, String> statement(String text) {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException("'" + text + "' says nothing");
        }
        return Map.entry(text.substring(0, blank), text.substring(blank).strip());
    }
}
