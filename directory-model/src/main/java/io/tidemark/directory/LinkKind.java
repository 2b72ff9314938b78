package io.tidemark.directory;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The relations between objects that are captured, compared and restored as things of their own. */
public enum LinkKind {
    GROUP_MEMBERS(ObjectKind.GROUP, "members", Arity.MANY),
    GROUP_OWNERS(ObjectKind.GROUP, "owners", Arity.MANY),
    GROUP_LIFECYCLE_POLICIES(ObjectKind.GROUP, "groupLifecyclePolicies", Arity.MANY),
    APPLICATION_OWNERS(ObjectKind.APPLICATION, "owners", Arity.MANY),
    SERVICE_PRINCIPAL_OWNERS(ObjectKind.SERVICE_PRINCIPAL, "owners", Arity.MANY),
    USER_MANAGER(ObjectKind.USER, "manager", Arity.ONE),
    USER_SPONSORS(ObjectKind.USER, "sponsors", Arity.MANY),
    ADMINISTRATIVE_UNIT_MEMBERS(ObjectKind.ADMINISTRATIVE_UNIT, "members", Arity.MANY),
    DEVICE_REGISTERED_OWNERS(ObjectKind.DEVICE, "registeredOwners", Arity.MANY),
    DEVICE_REGISTERED_USERS(ObjectKind.DEVICE, "registeredUsers", Arity.MANY),
    CLAIMS_MAPPING_POLICY_APPLIES_TO(ObjectKind.CLAIMS_MAPPING_POLICY, "appliesTo", Arity.MANY),
    TOKEN_ISSUANCE_POLICY_APPLIES_TO(ObjectKind.TOKEN_ISSUANCE_POLICY, "appliesTo", Arity.MANY),
    TOKEN_LIFETIME_POLICY_APPLIES_TO(ObjectKind.TOKEN_LIFETIME_POLICY, "appliesTo", Arity.MANY),
    HOME_REALM_DISCOVERY_POLICY_APPLIES_TO(ObjectKind.HOME_REALM_DISCOVERY_POLICY, "appliesTo", Arity.MANY),
    APP_MANAGEMENT_POLICY_APPLIES_TO(ObjectKind.APP_MANAGEMENT_POLICY, "appliesTo", Arity.MANY),
    ACCESS_PACKAGE_INCOMPATIBLE_ACCESS_PACKAGES(ObjectKind.ACCESS_PACKAGE, "incompatibleAccessPackages", Arity.MANY),
    ACCESS_PACKAGE_INCOMPATIBLE_GROUPS(ObjectKind.ACCESS_PACKAGE, "incompatibleGroups", Arity.MANY),
    CONNECTED_ORGANIZATION_EXTERNAL_SPONSORS(ObjectKind.CONNECTED_ORGANIZATION, "externalSponsors", Arity.MANY),
    CONNECTED_ORGANIZATION_INTERNAL_SPONSORS(ObjectKind.CONNECTED_ORGANIZATION, "internalSponsors", Arity.MANY);

    private static final Map<String, LinkKind> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(LinkKind::word, kind -> kind));

    /** How many targets one source can have. */
    public enum Arity {
        ONE,
        MANY
    }

    private final ObjectKind source;
    private final String relation;
    private final Arity arity;
    private final String word;

    LinkKind(ObjectKind source, String relation, Arity arity) {
        this.source = source;
        this.relation = relation;
        this.arity = arity;
        this.word = source.word() + "." + relation;
    }

    /** The kind of the object that the relation hangs on in Graph. */
    public ObjectKind source() {
        return source;
    }

    /** Graph's name of the navigation property, such as {@code members}. */
    public String relation() {
        return relation;
    }

    public Arity arity() {
        return arity;
    }

    /** The type word in messages and stores, such as {@code group.members}. */
    public String word() {
        return word;
    }

    /**
     * Reads a link kind from its word.
     *
     * @throws IllegalArgumentException if no link kind has that word
     */
    public static LinkKind parse(String word) {
        LinkKind kind = BY_WORD.get(word);
        if (kind != null) {
            return kind;
        }
        throw new IllegalArgumentException("no link is called '" + word + "'");
    }
}
