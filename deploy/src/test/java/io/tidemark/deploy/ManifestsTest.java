package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestsTest {

    @Test
    void aMisspeltFieldIsFound() throws IOException {
        JsonNode source = new ObjectMapper()
                .readTree("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"x\"},"
                        + "\"spec\":{\"replica\":1}}");
        HasMetadata parsed = new KubernetesSerialization().unmarshal(source.toString(), HasMetadata.class);

        List<String> unknown = new Manifests(List.of(parsed), List.of(source), Map.of()).unknownFields();

        assertThat(unknown).containsExactly("Deployment/x.spec.replica");
    }

    @Test
    void kustomizeBuildsTheBase() throws IOException, InterruptedException {
        Process kustomize;
        try {
            kustomize = new ProcessBuilder("kubectl", "kustomize", "kubernetes/base")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "kubectl is not installed: the base is parsed but not built");
            return;
        }
        String built;
        try (InputStream out = kustomize.getInputStream()) {
            built = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(kustomize.waitFor()).as(built).isZero();
        assertThat(built.split("\n---\n")).hasSameSizeAs(Manifests.read("base").resources());
        assertThat(built).contains("image: tidemark/restore-service:").doesNotContain(":latest");
    }
}
