package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KubernetesBaseTest {

    private static final Set<String> SERVICES =
            Set.of("snapshot-service", "audit-ingest-service", "diff-service", "restore-service", "console");

    private static Manifests base;

    @BeforeAll
    static void build() {
        base = Manifests.read("base");
    }

    @Test
    void everyFieldOfEveryManifestIsKnown() {
        assertThat(base.unknownFields()).isEmpty();
    }

    @Test
    void everyServiceIsDeployed() {
        assertThat(names(Deployment.class)).isEqualTo(SERVICES);
        assertThat(names(Service.class)).isEqualTo(SERVICES);
        assertThat(names(PodDisruptionBudget.class)).isEqualTo(SERVICES);
    }

    @Test
    void podsKeepToTheRestrictedProfileWithAReadOnlyRoot() {
        for (Deployment deployment : base.of(Deployment.class)) {
            PodSpec pod = deployment.getSpec().getTemplate().getSpec();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getHostNetwork()).isNull();
            for (Container container : pod.getContainers()) {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
            }
        }
    }

    @Test
    void everyContainerHasItsProbesAndAMemoryLimitEqualToItsRequest() {
        for (Container container : containers()) {
            assertThat(container.getStartupProbe()).as(container.getImage()).isNotNull();
            assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
            assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
            assertThat(container.getResources().getLimits().get("memory"))
                    .isEqualTo(container.getResources().getRequests().get("memory"));
        }
    }

    @Test
    void everyPodIsMatchedByANetworkPolicyThatRulesBothWays() {
        List<NetworkPolicy> policies = base.of(NetworkPolicy.class);
        for (Deployment deployment : base.of(Deployment.class)) {
            var labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
            assertThat(policies).as(deployment.getMetadata().getName()).anySatisfy(policy -> {
                assertThat(labels)
                        .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
                assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
            });
        }
    }

    @Test
    void everyServiceSelectsItsPods() {
        for (Service service : base.of(Service.class)) {
            assertThat(base.of(Deployment.class))
                    .anySatisfy(deployment -> assertThat(deployment
                                    .getSpec()
                                    .getTemplate()
                                    .getMetadata()
                                    .getLabels())
                            .containsAllEntriesOf(service.getSpec().getSelector()));
        }
    }

    @Test
    void noImageIsNamedWithoutATagInTheKustomization() {
        for (Container container : containers()) {
            assertThat(base.images()).as(container.getImage()).containsKey(container.getImage());
            assertThat(base.images().get(container.getImage())).isNotBlank().isNotEqualTo("latest");
        }
    }

    private static List<Container> containers() {
        return base.of(Deployment.class).stream()
                .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                .toList();
    }

    private static Set<String> names(Class<? extends HasMetadata> type) {
        return base.of(type).stream()
                .map(resource -> resource.getMetadata().getName())
                .collect(Collectors.toSet());
    }
}
