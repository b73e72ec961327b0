package dev.kingpin.engine;

import dev.kingpin.plan.Cluster;

/**
 * Workers that share nothing.
 *
 * @param cluster what plans are made for: how many workers, the memory of each, their network
 * @param strategy its name, or {@link dev.kingpin.plan.Strategies#AUTO}
 */
public record Walls(Cluster cluster, String strategy) {}
