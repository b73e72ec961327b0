package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.engine.WorkerAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What workers sent, waited for and did. */
public final class Ledger {
  private static final double NANOS_A_SECOND = 1e9;

  private final List<Account> accounts = new ArrayList<>();
  private final Account source = new Account();
  private final GroupCounts groups;

  /**
   * @param families by the numbers under which they are begun for the first time
   */
  Ledger(int workers, List<Family> families) {
    groups = new GroupCounts(families);
    for (int w = 0; w < workers; w++) {
      accounts.add(new Account());
    }
  }

  /** What one worker did. */
  public static final class Account {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong syncs = new AtomicLong();
    private volatile long busyNanos;
    private volatile long mostBytes;

    /** Bytes sent to other workers, headers included. */
    public long bytes() {
      return bytes.get();
    }

    /** Messages sent to other workers. */
    public long messages() {
      return messages.get();
    }

    /** Steps of groups that it owns which waited for answers of other workers. */
    public long syncs() {
      return syncs.get();
    }

    /** Time that it computed. */
    public long busyNanos() {
      return busyNanos;
    }

    /** Bytes held at the fullest. */
    public long mostBytes() {
      return mostBytes;
    }
  }

  void sent(int from, Message message) {
    Account account = from == Channel.SOURCE ? source : accounts.get(from);
    account.bytes.addAndGet(message.bytes());
    account.messages.incrementAndGet();
    if (from != Channel.SOURCE) {
      groups.sent(message);
    }
  }

  void sync(int owner, int group) {
    accounts.get(owner).syncs.incrementAndGet();
    groups.sync(group);
  }

  void close(int worker, long busyNanos, long mostBytes) {
    accounts.get(worker).busyNanos = busyNanos;
    accounts.get(worker).mostBytes = mostBytes;
  }

  /** The accounts of all workers. */
  public List<Account> workers() {
    return List.copyOf(accounts);
  }

  /** What they did, in numbers. */
  public List<WorkerAccount> workerAccounts() {
    return accounts.stream()
        .map(
            a ->
                new WorkerAccount(
                    a.bytes(),
                    a.messages(),
                    a.syncs(),
                    a.busyNanos() / NANOS_A_SECOND,
                    a.mostBytes()))
        .toList();
  }

  /** What they did for each group. */
  GroupCounts groups() {
    return groups;
  }

  /** What came from where the table lies: rows, and orders to train. */
  public Account source() {
    return source;
  }

  /** Bytes that workers sent to one another. */
  public long bytes() {
    return accounts.stream().mapToLong(Account::bytes).sum();
  }

  /** Messages that workers sent to one another. */
  public long messages() {
    return accounts.stream().mapToLong(Account::messages).sum();
  }

  /** Steps that waited for answers of other workers. */
  public long syncs() {
    return accounts.stream().mapToLong(Account::syncs).sum();
  }
}
