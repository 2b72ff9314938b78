package io.tidemark.diff.listen;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import io.tidemark.diff.Commands;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Counts the commands that are sent to the store, what is in them, and how many bytes go there and back. */
final class StoreCounter {

    private final Map<String, Integer> commands = new TreeMap<>();
    private final Map<String, Integer> documents = new TreeMap<>();
    private final Map<String, Long> bytes = new TreeMap<>();
    private long answered;

    void reset() {
        commands.clear();
        documents.clear();
        bytes.clear();
        answered = 0;
    }

    CommandListener listener() {
        return Commands.listener(event -> {
            if (event instanceof CommandStartedEvent started) {
                sent(started);
            } else if (event instanceof CommandSucceededEvent succeeded) {
                answered += size(succeeded.getResponse());
            }
        });
    }

    private void sent(CommandStartedEvent event) {
        BsonDocument command = event.getCommand();
        String name = event.getCommandName();
        String what =
                name + " " + (command.isString(name) ? command.getString(name).getValue() : "");
        commands.merge(what, 1, Integer::sum);
        bytes.merge(what, size(command), Long::sum);
        for (String list : new String[] {"documents", "updates", "deletes"}) {
            if (command.isArray(list)) {
                documents.merge(what, command.getArray(list).size(), Integer::sum);
            }
        }
    }

    String perState(int states) {
        StringBuilder text = new StringBuilder();
        commands.forEach((what, count) -> text.append(String.format(
                Locale.ROOT,
                "%n  %-26s %.4f commands a state, %.3f documents, %.0f bytes",
                what,
                count / (double) states,
                documents.getOrDefault(what, 0) / (double) states,
                bytes.getOrDefault(what, 0L) / (double) states)));
        long sent = bytes.values().stream().mapToLong(Long::longValue).sum();
        int all = commands.values().stream().mapToInt(Integer::intValue).sum();
        return String.format(
                        Locale.ROOT,
                        "%.4f commands a state, %.0f bytes there, %.0f back",
                        all / (double) states,
                        sent / (double) states,
                        answered / (double) states)
                + text;
    }

    private static long size(BsonDocument document) {
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(buffer),
                        document,
                        EncoderContext.builder().build());
        return buffer.getSize();
    }
}
