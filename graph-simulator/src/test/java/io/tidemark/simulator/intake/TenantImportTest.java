package io.tidemark.simulator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.rules.GraphRulebook;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports made by others are read as they are. */
class TenantImportTest {

    private static final String ANNE = "0a0b0c0d-0000-4000-8000-000000000001";
    private static final String BOB = "0a0b0c0d-0000-4000-8000-000000000002";
    private static final String TEAM = "0a0b0c0d-0000-4000-8000-000000000010";

    private final List<String> lines = new ArrayList<>();

    private Tenant read(Path from) {
        Tenant tenant = new Tenant(UUID.randomUUID(), Clock.systemUTC(), 1, new GraphRulebook());
        tenant.load(TenantImport.read(from, lines::add));
        return tenant;
    }

    private static void write(Path file, String json) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.replace('\'', '"'));
    }

    private static Node user(Tenant tenant, String id) {
        return tenant.find(Kinds.all().get("users"), id);
    }

    @Test
    void aFolderOfPagesAndSingleObjects(@TempDir Path folder) throws IOException {
        write(
                folder.resolve("page1.json"),
                "{'@odata.context':'https://graph.microsoft.com/v1.0/$metadata#users(id,displayName)','value':[{'id':'"
                        + ANNE + "','displayName':'Anne','betaOnly':{'deep':[1.50,null]},'manager':{'id':'" + BOB
                        + "'}}]}");
        write(folder.resolve("Users/bob.json"), "{'id':'" + BOB + "','displayName':'Bob'}");
        write(
                folder.resolve("groups.json"),
                "[{'id':'" + TEAM + "','displayName':'Team','members@odata.bind':"
                        + "['https://graph.microsoft.com/v1.0/directoryObjects/" + ANNE + "'],'owners':['" + BOB
                        + "','0a0b0c0d-0000-4000-8000-00000000dead']}]");

        Tenant tenant = read(folder);

        assertThat(Json.write(user(tenant, ANNE).entity().get("betaOnly"))).isEqualTo("{\"deep\":[1.50,null]}");
        assertThat(user(tenant, ANNE).targets("manager")).containsExactly(user(tenant, BOB));
        Node team = tenant.find(Kinds.all().get("groups"), TEAM);
        assertThat(team.targets("members")).containsExactly(user(tenant, ANNE));
        assertThat(team.targets("owners")).containsExactly(user(tenant, BOB));
        assertThat(lines).contains("read 2 users", "left out 1 links owners that lead out of the export");
    }

    @Test
    void oneDocumentWithAllCollections(@TempDir Path folder) throws IOException {
        write(
                folder.resolve("export.json"),
                "{'users':[{'id':'" + ANNE + "','displayName':'Anne'}],'Groups':{'value':[{'id':'" + TEAM
                        + "','displayName':'Team'}]},'somethingElse':[{'id':'x'}]}");

        Tenant tenant = read(folder.resolve("export.json"));

        assertThat(tenant.count(Kinds.all().get("users"))).isEqualTo(1);
        assertThat(tenant.count(Kinds.all().get("groups"))).isEqualTo(1);
        assertThat(lines).contains("left out 1 objects of unknown kind (somethingElse)");
    }

    @Test
    void linesOfTypedObjects(@TempDir Path folder) throws IOException {
        write(
                folder.resolve("objects.ndjson"),
                "{'@odata.type':'#microsoft.graph.user','id':'" + ANNE + "','displayName':'Anne'}\n"
                        + "{'@odata.type':'#microsoft.graph.group','id':'" + TEAM + "','displayName':'Team'}\n"
                        + "{'@odata.type':'#microsoft.graph.user','id':'" + ANNE + "','displayName':'Anne again'}\n");

        Tenant tenant = read(folder.resolve("objects.ndjson"));

        assertThat(user(tenant, ANNE).entity().text("displayName")).isEqualTo("Anne");
        assertThat(tenant.count(Kinds.all().get("groups"))).isEqualTo(1);
        assertThat(lines).contains("left out 1 users told twice");
    }
}
