package dev.kingpin.plan;

import dev.kingpin.data.Family;
import dev.kingpin.learner.Work;

/**
 * What is to be done for one group, or for a family of groups.
 *
 * @param family the group, or the groups that learn together
 * @param work counts of all its chains
 * @param shared whether idle workers may take row blocks of its scans
 */
public record GroupPlan(Family family, Work work, boolean shared) {
  private static final double FLOPS_A_BYTE = 8;

  /** One number for order and progress: operations, and bytes as so many operations. */
  public double cost() {
    return work.flops() + FLOPS_A_BYTE * work.bytes();
  }
}
