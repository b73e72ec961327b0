package dev.kingpin.report;

import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Workload.Sized;
import org.jspecify.annotations.Nullable;

/**
 * A group, or a family, in a plan.
 *
 * @param estimated on one worker or thread
 * @param measured unknown if nothing was run
 * @param placement null where all memory is shared
 */
record PlanPart(Sized group, Cost estimated, Cost measured, @Nullable Placement placement) {}
