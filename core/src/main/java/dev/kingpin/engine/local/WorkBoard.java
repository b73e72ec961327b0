package dev.kingpin.engine.local;

import dev.kingpin.plan.GroupPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where workers find something to do: shared scans of groups in work first, since their owners wait
 * for them, then the next group.
 */
final class WorkBoard {
  private final Deque<GroupPlan> groups;
  private final List<SharedScan<?, ?>> scans = new ArrayList<>();
  private int training;
  private boolean stopped;

  WorkBoard(Collection<GroupPlan> groups) {
    this.groups = new ArrayDeque<>(groups);
  }

  /** Something to do: a scan to help with, or a group to train. */
  record Task(@Nullable SharedScan<?, ?> scan, @Nullable GroupPlan group) {}

  /** The next thing to do, waiting for one if need be; null when all groups are done. */
  synchronized @Nullable Task next() throws InterruptedException {
    while (!stopped) {
      for (SharedScan<?, ?> scan : scans) {
        if (scan.hasWork()) {
          scan.join();
          return new Task(scan, null);
        }
      }
      GroupPlan group = groups.poll();
      if (group != null) {
        training++;
        return new Task(null, group);
      }
      if (training == 0) {
        return null;
      }
      wait();
    }
    return null;
  }

  /** A worker is done with its group. */
  synchronized void ended() {
    training--;
    notifyAll();
  }

  /** No further tasks are handed out. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  synchronized void open(SharedScan<?, ?> scan) {
    scans.add(scan);
    notifyAll();
  }

  synchronized void close(SharedScan<?, ?> scan) {
    scans.remove(scan);
  }
}
