package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.engine.GroupAccount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What workers sent, waited for and did for each group, however often it was begun. */
final class GroupCounts {
  private static final double NANOS_A_SECOND = 1e9;

  private final List<Family> families;
  private final AtomicLongArray bytes; // (families)
  private final AtomicLongArray messages; // (families)
  private final AtomicLongArray syncs; // (families)
  private final AtomicLongArray nanos; // (families)
  private final AtomicReferenceArray<String> statuses; // (families) null for those not trained

  /**
   * @param families by the numbers under which they are begun for the first time
   */
  GroupCounts(List<Family> families) {
    this.families = families;
    int count = families.size();
    bytes = new AtomicLongArray(count);
    messages = new AtomicLongArray(count);
    syncs = new AtomicLongArray(count);
    nanos = new AtomicLongArray(count);
    statuses = new AtomicReferenceArray<>(count);
  }

  private int place(int group) {
    return group % families.size();
  }

  /** A worker has sent a message to another. */
  void sent(Message message) {
    bytes.addAndGet(place(message.group()), message.bytes());
    messages.incrementAndGet(place(message.group()));
  }

  /** A step waits for other workers. */
  void sync(int group) {
    syncs.incrementAndGet(place(group));
  }

  /** A worker has computed. */
  void worked(int group, long time) {
    nanos.addAndGet(place(group), time);
  }

  /** A group has its outcome. */
  void ended(int group, String status) {
    statuses.set(place(group), status);
  }

  /** Of all groups that were trained. */
  Map<GroupKey, GroupAccount> accounts() {
    Map<GroupKey, GroupAccount> accounts = new HashMap<>();
    for (int f = 0; f < families.size(); f++) {
      String status = statuses.get(f);
      if (status != null) {
        double seconds = nanos.get(f) / NANOS_A_SECOND;
        accounts.put(
            families.get(f).key(),
            new GroupAccount(status, seconds, bytes.get(f), messages.get(f), syncs.get(f)));
      }
    }
    return accounts;
  }
}
