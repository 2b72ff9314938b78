package io.tidemark.layout;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** What holds in every service, beside what holds in every module. */
public final class EveryService {

    /** The packages that services, and what stands for the tenant, live in. */
    private static final Set<String> SERVICES = Set.of("snapshot", "audit", "diff", "restore", "console", "simulator");

    private static final String ROOT = "io.tidemark.";

    @ArchTest
    public static final ArchRule ONLY_MONGO_CLASSES_KNOW_MONGODB = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Mongo")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.mongodb..");

    @ArchTest
    public static final ArchRule ONLY_LISTENERS_AND_KAFKA_CLASSES_KNOW_MESSAGING = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Listener")
            .and()
            .haveSimpleNameNotStartingWith("Kafka")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.apache.kafka..",
                    "org.eclipse.microprofile.reactive.messaging..",
                    "io.smallrye.reactive.messaging.."));

    @ArchTest
    public static final ArchRule ONLY_RESOURCES_SERVE_HTTP = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Resource")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    public static final ArchRule NO_SERVICE_KNOWS_ANOTHER = classes().should(knowNoOtherService());

    private EveryService() {}

    private static ArchCondition<JavaClass> knowNoOtherService() {
        return new ArchCondition<>("know no other service") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                String own = part(one);
                for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                    String other = part(dependency.getTargetClass());
                    if (SERVICES.contains(other) && !other.equals(own)) {
                        events.add(SimpleConditionEvent.violated(one, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static String part(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        int end = name.indexOf('.', ROOT.length());
        return name.substring(ROOT.length(), end < 0 ? name.length() : end);
    }
}
