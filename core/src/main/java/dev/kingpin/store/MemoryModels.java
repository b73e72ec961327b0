package dev.kingpin.store;

import dev.kingpin.data.GroupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Models in memory: a sink for an engine, and readable once the engine is done. */
public final class MemoryModels implements Models, GroupSink {
  private final RunHeader header;
  private final List<GroupKey> keys;
  private final List<GroupKey> families;
  private final Map<GroupKey, TrainedGroup> groups;

  /**
   * @param keys of all groups, ascending
   * @param families keys of the families trained beside them
   */
  public MemoryModels(RunHeader header, List<GroupKey> keys, List<GroupKey> families) {
    this.header = header;
    this.keys = List.copyOf(keys);
    this.families = List.copyOf(families);
    groups = new ConcurrentHashMap<>(2 * (keys.size() + families.size()));
  }

  @Override
  public RunHeader header() {
    return header;
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public List<GroupKey> keys() {
    return new ArrayList<>(keys);
  }

  @Override
  public List<GroupKey> families() {
    return families;
  }

  @Override
  public Optional<TrainedGroup> find(GroupKey key) {
    return Optional.ofNullable(groups.get(key));
  }

  @Override
  public boolean isDone(GroupKey key) {
    return groups.containsKey(key);
  }

  @Override
  public Optional<byte[]> snapshot(GroupKey key) {
    return Optional.empty();
  }

  @Override
  public void keepSnapshot(GroupKey key, byte[] state) {}

  @Override
  public void done(TrainedGroup group) {
    groups.put(group.key(), group);
  }

  @Override
  public void close() {}
}
