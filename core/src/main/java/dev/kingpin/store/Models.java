package dev.kingpin.store;

import dev.kingpin.data.GroupKey;
import java.util.List;
import java.util.Optional;

/** All models of a run, in memory or in a file. Safe for many threads. */
public interface Models extends AutoCloseable {
  RunHeader header();

  /** Number of groups. */
  int size();

  /** Keys of all groups, ascending. */
  List<GroupKey> keys();

  /** Keys of the families that were trained beside the groups: from the global one on. */
  List<GroupKey> families();

  /** All that is known of a group or a family, or empty if it was not in the training rows. */
  Optional<TrainedGroup> find(GroupKey key);

  @Override
  void close();
}
