package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport.TypeCount;
import java.util.List;

/**
 * How far a capture has come that runs.
 *
 * @param requests how many requests Graph was sent
 * @param objectsRead how many objects were read
 * @param types those that have been read to their end, or broke off
 * @param underWay those that are being read
 */
public record SoFar(long requests, long objectsRead, List<TypeCount> types, List<String> underWay) {}
