package dev.kingpin.engine;

import dev.kingpin.data.GroupRows;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;

/** How an engine brings requests to rows. */
public interface Scans {
  /** What the calling worker owns. */
  Workspace workspace();

  /** The answer of all rows of a group to a request. */
  <Q, P> P scan(RowScan<Q, P> scan, Q request, GroupRows rows, RowState rowState);
}
