package io.tidemark.runtime.event;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while messages cannot be stored. */
@Readiness
@ApplicationScoped
class IntakeReadiness implements HealthCheck {

    private final EventIntake intake;

    IntakeReadiness(EventIntake intake) {
        this.intake = intake;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("messages are stored")
                .status(!intake.isStuck())
                .build();
    }
}
