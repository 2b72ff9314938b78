package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that operators should know about the services themselves.
 *
 * @param tenantId the tenant, if it is about one
 * @param component which part speaks
 * @param event what, in kebab case: {@code audit-gap}, {@code permission-lost} …
 * @param detail a sentence without personal data
 * @param at when
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpsEvent(@Nullable String tenantId, String component, String event, String detail, Instant at) {}
