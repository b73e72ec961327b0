package dev.kingpin.learner;

import java.util.List;

/**
 * What the parent of a group has learned: where a chain may start, and what it may be shrunk
 * toward. There is a model for every row mask, so that nothing of a fit's validation rows leaks in:
 * a parent learns from the rows that its children learn from.
 *
 * @param byFold the parent's winner with fold 1, 2, ... held out
 * @param ofAll the parent's winner, learned from all rows
 */
public record Prior(List<Model> byFold, Model ofAll) {
  public Prior {
    byFold = List.copyOf(byFold);
  }

  /** The parent's model that has seen no row which the mask holds out. */
  public Model of(RowMask mask) {
    return mask.heldOut() == RowMask.NONE ? ofAll : byFold.get(mask.heldOut() - 1);
  }
}
