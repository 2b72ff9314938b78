package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CopiesComponentTest {

    private static final Path COMPONENT = Path.of("kubernetes", "components", "copies");

    private final Manifests component = Manifests.read("components/copies");

    @Test
    void everyFieldOfEveryManifestIsKnown() {
        assertThat(component.resources()).hasSize(3);
        assertThat(component.unknownFields()).isEmpty();
    }

    @Test
    void everyFileThatASettingNamesIsMounted() throws IOException {
        Properties settings = settings();
        List<String> mounts =
                patch().getSpec().getTemplate().getSpec().getContainers().get(0).getVolumeMounts().stream()
                        .map(VolumeMount::getMountPath)
                        .toList();

        assertThat(settings.stringPropertyNames())
                .filteredOn(name -> name.endsWith("-file") || name.contains("-keys.") || name.endsWith(".folder"))
                .hasSize(6)
                .allSatisfy(name -> assertThat(mounts).anyMatch(settings.getProperty(name)::startsWith));
    }

    @Test
    void everyVolumeOfThePatchHasItsSource() throws IOException {
        List<Volume> volumes = patch().getSpec().getTemplate().getSpec().getVolumes();

        assertThat(volumes).hasSize(3);
        assertThat(volumes)
                .filteredOn(volume -> volume.getConfigMap() != null)
                .extracting(volume -> volume.getConfigMap().getName())
                .containsExactly(
                        component.of(ConfigMap.class).get(0).getMetadata().getName());
        assertThat(volumes)
                .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
                .extracting(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .containsExactly(component
                        .of(PersistentVolumeClaim.class)
                        .get(0)
                        .getMetadata()
                        .getName());
    }

    private Properties settings() throws IOException {
        Properties settings = new Properties();
        settings.load(
                new StringReader(component.of(ConfigMap.class).get(0).getData().get("application.properties")));
        return settings;
    }

    private static Deployment patch() throws IOException {
        return new KubernetesSerialization()
                .unmarshal(Files.readString(COMPONENT.resolve("diff-service.yaml")), Deployment.class);
    }
}
