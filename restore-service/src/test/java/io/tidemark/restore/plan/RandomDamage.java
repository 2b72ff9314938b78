package io.tidemark.restore.plan;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes small tenants up from a seed, and damages them. */
final class RandomDamage {

    private static final List<String> TEXTS = List.of("department", "jobTitle", "city", "companyName", "state");

    private final Random random;

    RandomDamage(long seed) {
        this.random = new Random(seed);
    }

    ToyTenant tenant() {
        ToyTenant tenant = new ToyTenant();
        for (int i = 0; i < 6; i++) {
            tenant.objects.put(user(i), userProperties(i));
            tenant.objects.put(group(i), groupProperties(i));
        }
        for (int i = 0; i < 2; i++) {
            JsonValue appId = new JsonString("app-id-" + i);
            tenant.objects.put(
                    ObjectRef.of(ObjectKind.APPLICATION, "application-" + i),
                    JsonObject.EMPTY
                            .with("id", new JsonString("application-" + i))
                            .with("appId", appId)
                            .with("displayName", text())
                            .with("identifierUris", JsonArray.ofStrings(List.of("api://app-id-" + i)))
                            .with("tags", tags()));
            tenant.objects.put(
                    ObjectRef.of(ObjectKind.SERVICE_PRINCIPAL, "principal-" + i),
                    JsonObject.EMPTY
                            .with("id", new JsonString("principal-" + i))
                            .with("appId", appId)
                            .with("accountEnabled", JsonBoolean.TRUE)
                            .with("notes", nullable()));
        }
        damageLinks(tenant, 12);
        return tenant;
    }

    /** Changes, clears, deletes, purges and adds at random. */
    ToyTenant damaged(ToyTenant tenant) {
        ToyTenant damaged = tenant.copy();
        for (ObjectRef object : List.copyOf(damaged.objects.keySet())) {
            switch (random.nextInt(10)) {
                case 0 -> damaged.delete(object);
                case 1 -> damaged.purge(object);
                case 2, 3, 4 -> damaged.objects.computeIfPresent(object, (ref, state) -> changed(ref, state));
                default -> {}
            }
        }
        damageLinks(damaged, 6);
        return damaged;
    }

    private void damageLinks(ToyTenant tenant, int changes) {
        List<ObjectRef> there = new ArrayList<>(tenant.objects.keySet());
        for (int i = 0; i < changes; i++) {
            ObjectRef user = there.get(random.nextInt(there.size()));
            ObjectRef other = there.get(random.nextInt(there.size()));
            if (user.kind() == ObjectKind.USER && other.kind() == ObjectKind.USER) {
                tenant.links.removeIf(link ->
                        link.kind() == LinkKind.USER_MANAGER && link.source().equals(user.id()));
                if (random.nextBoolean()) {
                    tenant.links.add(new Link(LinkKind.USER_MANAGER, user.id(), other.id()));
                }
            } else if (other.kind() == ObjectKind.GROUP) {
                Link link = new Link(
                        random.nextBoolean() ? LinkKind.GROUP_MEMBERS : LinkKind.GROUP_OWNERS, other.id(), user.id());
                if (!tenant.links.remove(link)) {
                    tenant.links.add(link);
                }
            }
        }
    }

    private JsonObject changed(ObjectRef object, JsonObject state) {
        return switch (object.kind()) {
            case USER ->
                state.with(TEXTS.get(random.nextInt(TEXTS.size())), nullable())
                        .with("businessPhones", tags())
                        .with("onPremisesExtensionAttributes", extensions());
            case GROUP -> state.with("description", nullable());
            case APPLICATION -> state.with("tags", tags());
            default -> state.with("notes", nullable());
        };
    }

    private JsonObject userProperties(int i) {
        JsonObject properties = JsonObject.EMPTY
                .with("id", new JsonString("user-" + i))
                .with("displayName", text())
                .with("businessPhones", tags())
                .with("onPremisesExtensionAttributes", extensions());
        for (String name : TEXTS) {
            properties = properties.with(name, nullable());
        }
        return properties;
    }

    private JsonObject groupProperties(int i) {
        return JsonObject.EMPTY
                .with("id", new JsonString("group-" + i))
                .with("displayName", text())
                .with("description", nullable())
                .with("groupTypes", JsonArray.EMPTY);
    }

    private JsonObject extensions() {
        JsonObject extensions = JsonObject.EMPTY;
        for (int i = 1; i <= 4; i++) {
            extensions = extensions.with("extensionAttribute" + i, nullable());
        }
        return extensions;
    }

    private JsonValue nullable() {
        return random.nextInt(3) == 0 ? JsonNull.NULL : text();
    }

    private JsonValue text() {
        return new JsonString("text " + random.nextInt(50));
    }

    private JsonArray tags() {
        List<String> tags = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            tags.add("tag " + random.nextInt(9));
        }
        return JsonArray.ofStrings(tags);
    }

    private static ObjectRef user(int i) {
        return ObjectRef.of(ObjectKind.USER, "user-" + i);
    }

    private static ObjectRef group(int i) {
        return ObjectRef.of(ObjectKind.GROUP, "group-" + i);
    }
}
