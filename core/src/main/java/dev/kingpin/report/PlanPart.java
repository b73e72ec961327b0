package dev.kingpin.report;

import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Workload.Sized;
import org.jspecify.annotations.Nullable;

/**
 * A group, or a family, in a plan.
 *
 * @param seconds on one worker or thread
 * @param bytes that it sends; NaN if unknown
 * @param placement null where all memory is shared
 */
record PlanPart(Sized group, double seconds, double bytes, @Nullable Placement placement) {}
