package dev.kingpin.store;

import dev.kingpin.data.GroupKey;
import java.util.Optional;

/** Where an engine leaves what it has done. Safe for many threads. */
public interface GroupSink {
  /** Whether an earlier run has done this group. */
  boolean isDone(GroupKey key);

  /** What an earlier run or an earlier level of this run has made of a group. */
  Optional<TrainedGroup> find(GroupKey key);

  /** How far an earlier run came with this group. */
  Optional<byte[]> snapshot(GroupKey key);

  /** Keeps how far a group has come. */
  void keepSnapshot(GroupKey key, byte[] state);

  /** A group has its outcome; called once a group. */
  void done(TrainedGroup group);
}
