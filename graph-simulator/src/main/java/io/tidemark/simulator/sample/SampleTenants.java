package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.NumberedLinks;
import io.tidemark.simulator.tenant.SeedSink;
import io.tidemark.simulator.tenant.TenantSeed;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes up tenants: the same seed, size and options give the same tenant to the byte. */
public final class SampleTenants {

    private SampleTenants() {}

    /**
     * Makes up a tenant.
     *
     * @param size {@code tiny} (about 50 objects beside the built-in roles), {@code typical} or {@code contoso-like} (5,000 users), {@code large} (100,000
     *     users) or {@code huge} (a million objects)
     * @param options {@code users}, {@code groups}, {@code applications}, {@code policies}: other counts; {@code tenantId};
     *     {@code domain}; {@code secret.NAME}: the secret of a sample client
     * @throws IllegalArgumentException if the size is unknown or an option makes no sense
     */
    public static TenantSeed of(String size, long seed, Map<String, String> options) {
        var shape = TenantShape.of(size, options);
        var given = Map.copyOf(options);
        return sink -> new Emission(seed, shape, given).emit(sink);
    }

    /** The id of the tenant with this seed, when no option gives it another. */
    public static UUID tenantId(long seed) {
        return UUID.fromString(new SampleIds(seed).id("tenant", 0));
    }

    /** The two accounts that open the tenant when everything else is shut. */
    public static List<String> breakGlassAccounts(long seed) {
        var ids = new SampleIds(seed);
        return List.of(ids.user(0), ids.user(1));
    }

    /** One telling of a tenant. */
    private static final class Emission {

        private static final int MOST_EQUIPPED = 20_000;

        private final long seed;
        private final TenantShape shape;
        private final SampleIds ids;
        private final List<SampleClient> clients;
        private final Staff staff;
        private final GroupLayout layout;
        private final FirstParty firstParty;
        private final Company company;
        private final SampleUsers users;
        private final SampleGroups groups;
        private final SampleApplications applications;
        private final SampleRoles roles;
        private final Memberships memberships;
        private final Grants grants;
        private final SampleConditionalAccess conditionalAccess;

        Emission(long seed, TenantShape shape, Map<String, String> options) {
            var words = Words.load();
            this.seed = seed;
            this.shape = shape;
            this.ids = new SampleIds(seed);
            this.clients = SampleClients.of(seed, options).all();
            this.company = Company.of(ids, options);
            this.staff = new Staff(seed, words, shape);
            this.layout = new GroupLayout(words, shape);
            this.firstParty = new FirstParty(ids);
            this.users = new SampleUsers(seed, ids, words, company, staff);
            this.groups = new SampleGroups(seed, ids, words, company, layout);
            this.applications = new SampleApplications(seed, ids, words, company, clients, firstParty);
            this.roles = new SampleRoles(seed, ids, staff);
            this.memberships = new Memberships(seed, ids, shape, staff, layout);
            this.grants = new Grants(seed, ids, shape, staff, applications, users, groups, clients, firstParty);
            this.conditionalAccess = new SampleConditionalAccess(seed, ids, groups, layout, roles, clients);
        }

        void emit(SeedSink sink) {
            clients.forEach(client -> sink.appRegistration(client.registration()));
            new SampleOrganization(company).emit(sink);
            emitObjects(sink);
            new SamplePolicies(ids, staff).emit(sink);
            conditionalAccess.emit(shape.policies(), sink);
            emitManagers(sink);
            memberships.emit(sink);
            grants.emit(sink);
            roles.emit(sink);
            new SampleGovernance(ids, staff, roles).emit(sink);
            new SampleEstate(ids, company).emit(sink);
            if (shape.users() <= MOST_EQUIPPED) {
                new SampleDevices(seed, ids, staff).emit(sink);
                new SampleMethods(seed, ids, staff).emit(sink);
            }
        }

        private void emitObjects(SeedSink sink) {
            sink.objects("users", shape.users(), users::user);
            sink.objects("groups", shape.groups(), groups::group);
            firstParty.emit(sink);
            sink.objects("applications", shape.applications(), applications::application);
            sink.objects("servicePrincipals", shape.applications(), this::servicePrincipal);
        }

        private ObjectNode servicePrincipal(int number) {
            var application = applications.application(number);
            var principal = ServicePrincipals.ofApplication(ids.servicePrincipal(number), application, company);
            if (number % 10 == 4) {
                SampleGovernance.markApplication(principal, number);
            }
            return principal;
        }

        private void emitManagers(SeedSink sink) {
            var everybody = new NumberedLinks.Numbered("users", ids::user);
            sink.links(new NumberedLinks(
                    everybody,
                    "manager",
                    everybody,
                    Staff.FIRST_MEMBER,
                    staff.firstGuest(),
                    (number, taker) -> taker.take(number, staff.managerOf(number))));
        }
    }
}
