package dev.kingpin.engine.local;

import dev.kingpin.data.GroupKey;
import dev.kingpin.engine.GroupAccount;
import dev.kingpin.engine.RunAccount;
import dev.kingpin.engine.WorkerAccount;
import dev.kingpin.store.TrainedGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** What threads and groups take in a run. */
final class Times {
  private static final double NANOS_A_SECOND = 1e9;

  private final AtomicLongArray busy; // (seats) nanoseconds
  private final Map<GroupKey, GroupAccount> groups = new ConcurrentHashMap<>();
  private final List<Double> levels = new ArrayList<>();

  Times(int seats) {
    busy = new AtomicLongArray(seats);
  }

  /** A thread has computed. */
  void worked(int seat, long nanos) {
    busy.addAndGet(seat, nanos);
  }

  /**
   * A group is done.
   *
   * @param nanos that threads have computed for it
   */
  void ended(TrainedGroup group, long nanos) {
    String status = group.outcome().status();
    groups.put(group.key(), new GroupAccount(status, nanos / NANOS_A_SECOND, 0, 0, 0));
  }

  /** A level is done that was begun at a moment. */
  void levelEnded(long begun) {
    levels.add((System.nanoTime() - begun) / NANOS_A_SECOND);
  }

  RunAccount account() {
    List<WorkerAccount> workers = new ArrayList<>();
    for (int seat = 0; seat < busy.length(); seat++) {
      workers.add(new WorkerAccount(0, 0, 0, busy.get(seat) / NANOS_A_SECOND, 0));
    }
    return new RunAccount(workers, 0, levels, groups);
  }
}
