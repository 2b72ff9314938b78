package io.tidemark.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into record values and headers, and back. Unknown fields are ignored, unknown types refused. An unknown word of an enum
 * that only describes is read as its {@code OTHER} (the constant marked as default); an unknown word of an enum that steers refuses the
 * message, for guessing would act wrongly.
 */
public final class MessageCodec {

    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    public static final String SUBJECT = "ce_subject";
    public static final String TIME = "ce_time";
    public static final String SCHEMA = "ce_dataschema";
    public static final String CORRELATION = "ce_correlationid";

    /** As deep as an object may be, and what a message puts around it. */
    private static final int DEEPEST = JsonText.DEEPEST + 16;

    private static final ObjectMapper MAPPER =
            configure(JsonMapper.builder(strict())).build();

    private MessageCodec() {}

    /** Sets a mapper up for contract types: our JSON values as they are, instants as text, enums by name, unknown fields ignored. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder.addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .addModule(jsonValues())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS);
    }

    /** A mapper set up by {@link #configure}. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** The record value. */
    public static byte[] value(Event<?> event) {
        if (event.data() instanceof ObjectState state) {
            return StateText.of(state);
        }
        try {
            return MAPPER.writeValueAsBytes(event.data());
        } catch (IOException e) {
            throw new ContractException("event of type " + event.type() + " could not be written", e);
        }
    }

    /** The record headers, in a stable order. */
    public static Map<String, String> headers(Event<?> event) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers(event, headers::put);
        return headers;
    }

    /** Hands on name and text of each of the record headers, in the same order. */
    public static void headers(Event<?> event, BiConsumer<String, String> header) {
        header.accept("ce_specversion", "1.0");
        header.accept(ID, event.id());
        header.accept(TYPE, event.type().ceType());
        header.accept(SOURCE, event.source());
        header.accept(SUBJECT, event.subject());
        header.accept(TIME, MomentText.of(event.time()));
        header.accept(SCHEMA, event.type().schema());
        header.accept("content-type", "application/json");
        if (event.correlationId() != null) {
            header.accept(CORRELATION, event.correlationId());
        }
    }

    /** Whether {@link #read} asks for that header; the others are for readers elsewhere. */
    public static boolean isRead(String header) {
        return switch (header) {
            case ID, TYPE, SOURCE, SUBJECT, TIME, CORRELATION -> true;
            default -> false;
        };
    }

    /**
     * Reads a record.
     *
     * @throws ContractException if a header is missing or wrong, the type is unknown or the value does not fit the type; the text names
     *     what is wrong and holds nothing of the content
     */
    public static Event<?> read(String key, Map<String, String> headers, byte[] value) {
        EventType type = EventType.parse(required(headers, TYPE));
        return new Event<>(
                required(headers, ID),
                type,
                required(headers, SOURCE),
                required(headers, SUBJECT),
                time(required(headers, TIME)),
                key,
                headers.get(CORRELATION),
                payload(type, value));
    }

    private static Object payload(EventType type, byte[] value) {
        if (type == EventType.OBJECT_STATE) {
            ObjectState state = ObjectStateReader.read(MAPPER.getFactory(), value);
            if (state != null) {
                return state;
            }
        }
        try {
            Object payload = MAPPER.readValue(value, type.payload());
            if (payload == null) {
                throw new ContractException("value of " + type.ceType() + " is null");
            }
            Completeness.gap(payload).ifPresent(place -> {
                throw new ContractException("value of " + type.ceType() + " lacks " + place);
            });
            return payload;
        } catch (JsonMappingException e) {
            throw new ContractException("value does not fit " + type.ceType() + " at " + path(e));
        } catch (IOException e) {
            throw new ContractException("value of " + type.ceType() + " is not JSON");
        }
    }

    private static Instant time(String text) {
        try {
            return MomentText.parse(text);
        } catch (DateTimeParseException e) {
            throw new ContractException("header " + TIME + " is not a time");
        }
    }

    private static JsonFactory strict() {
        return JsonText.factory()
                .copy()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        e.getPath()
                .forEach(part -> path.append('/')
                        .append(part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName()));
        return path.isEmpty() ? "/" : path.toString();
    }

    private static String required(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null || value.isBlank()) {
            throw new ContractException("header " + name + " is missing");
        }
        return value;
    }

    private static SimpleModule jsonValues() {
        SimpleModule module = new SimpleModule("directory-json");
        module.addSerializer(Instant.class, new JsonSerializer<>() {
            @Override
            public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider)
                    throws IOException {
                generator.writeString(MomentText.of(value));
            }
        });
        module.addDeserializer(Instant.class, new JsonDeserializer<>() {
            @Override
            public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                if (parser.hasToken(JsonToken.VALUE_STRING)) {
                    try {
                        return MomentText.parse(parser.getText());
                    } catch (DateTimeParseException e) {
                        // Other spellings are the usual reader's business, and so is the refusal.
                    }
                }
                return InstantDeserializer.INSTANT.deserialize(parser, context);
            }
        });
        module.addSerializer(JsonValue.class, new JsonSerializer<>() {
            @Override
            public void serialize(JsonValue value, JsonGenerator generator, SerializerProvider provider)
                    throws IOException {
                JsonText.write(generator, value);
            }
        });
        module.addDeserializer(JsonValue.class, new JsonDeserializer<>() {
            @Override
            public JsonValue deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return JsonText.read(parser);
            }

            @Override
            public JsonValue getNullValue(DeserializationContext context) {
                return JsonNull.NULL;
            }

            @Override
            public @Nullable Object getAbsentValue(DeserializationContext context) {
                return null;
            }
        });
        module.addDeserializer(JsonObject.class, new JsonDeserializer<>() {
            @Override
            public JsonObject deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                if (JsonText.read(parser) instanceof JsonObject object) {
                    return object;
                }
                throw JsonMappingException.from(parser, "not a JSON object");
            }
        });
        return module;
    }
}
