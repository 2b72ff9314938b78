package io.tidemark.simulator.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The token endpoint's answer. */
public record TokenAnswer(int status, ObjectNode body) {}
